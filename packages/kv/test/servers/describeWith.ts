import { describe, expect, it } from 'vitest';

/**
 * Tests that need a server of others. Where it cannot be had they are skipped, and the report says why; on CI that is a failure.
 *
 * @param missing why it cannot be had
 */
export function describeWith(missing: string | undefined, name: string, tests: () => void): void {
  if (missing === undefined) describe(name, { timeout: 60_000 }, tests);
  else if (process.env['CI']) it(`${name} has its server`, () => expect.fail(missing));
  else describe.skip(`${name} (skipped: ${missing})`, tests);
}
