import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);

/** Runs a tool of the workspace; what it complains of is the error. */
async function tool(command: string, ...args: string[]): Promise<void> {
  await run(`node_modules/.bin/${command}`, args, { maxBuffer: 1e8 }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => expect.fail(stdout + stderr),
  );
}

describe('the code', { timeout: 120_000 }, () => {
  it('is formatted', () => tool('oxfmt', '--check'));
  it('has no lint', () => tool('oxlint', '--deny-warnings'));
  it('has no type errors', () => tool('tsc', '--noEmit'));
  it('has nothing unused', () => tool('knip'));
});
