import { expect, type Page, test } from '@playwright/test';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';
import { cdn, pages } from './addresses.ts';
import { type PolicyChanges, strictPolicy } from './strictPolicy.ts';

interface Found {
  readonly engine: string;
  readonly reason: string;
  readonly violations: readonly string[];
}

/** Opens the page under a policy, and waits until all of the model ranks. */
async function open(page: Page, changes: PolicyChanges = {}, from = ''): Promise<Found> {
  await page.goto(
    `${pages}/strict.html?${new URLSearchParams({ policy: strictPolicy(changes), cdn: from })}`,
  );
  // Not by waitForFunction(), which the policy forbids.
  const complete = (): Promise<boolean | undefined> =>
    page.evaluate(() => (globalThis as unknown as { shop?: Storefront }).shop?.shelf.status().complete);
  await expect.poll(complete, { timeout: 30_000 }).toBe(true);
  await expect(page.locator('evershelf-shelf [data-item] a')).toHaveCount(8);
  return await page.evaluate(async () => {
    const { shop, violations } = globalThis as unknown as { shop: Storefront; violations: string[] };
    const { engine } = await shop.shelf.recommend({ deadline: 20_000 });
    return { engine, reason: shop.shelf.status().engines.one.reason, violations };
  });
}

const WORKER = { engine: 'worker', reason: 'the page asked for the worker' };

for (const [name, changes] of [
  ['nonces', {}],
  ["nonces and 'strict-dynamic'", { 'script-src': "'nonce-{{nonce}}' 'strict-dynamic' 'wasm-unsafe-eval'" }],
] as const)
  for (const [where, from] of [
    ["the page's own host", ''],
    ['another origin', cdn],
  ] as const)
    test(`a policy of ${name}, Trusted Types and digests breaks nothing, with files from ${where}`, async ({
      page,
    }) => {
      expect(await open(page, changes, from)).toEqual({ ...WORKER, violations: [] });
    });

for (const [name, changes] of [
  ['no policy of ours for Trusted Types', { 'trusted-types': "'none'" }],
  ['no worker', { 'worker-src': "'none'" }],
] as const)
  test(`a page that allows ${name} has its shelf by its own thread`, async ({ page }) => {
    expect(await open(page, changes)).toMatchObject({
      engine: 'cpu',
      reason: expect.stringMatching(/^no worker: /),
    });
  });

test('a page that allows no WebAssembly has its shelf by JavaScript', async ({ page }) => {
  const found = await open(page, { 'script-src': "'nonce-{{nonce}}'", 'worker-src': "'none'" });
  expect(found).toMatchObject({
    engine: 'cpu',
    violations: expect.arrayContaining([expect.stringContaining('wasm-eval')]),
  });
});
