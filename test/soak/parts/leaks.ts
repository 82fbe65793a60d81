import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Budget, SoakRow } from '../SoakPart.ts';

const TESTS = 'packages/trainer/test/leaks.test.ts';

/** What is read of the report of vitest. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly duration?: number;
    }[];
  }[];
}

/** Runs a test of the trainer on as much data as it has when nobody waits for it. */
export async function leaks({ onEnd }: Budget): Promise<SoakRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-soak-'));
  onEnd(() => rm(folder, { recursive: true }));
  const file = join(folder, 'report.json');
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', TESTS, '--reporter=json', `--outputFile=${file}`],
    { stdio: 'ignore', env: { ...process.env, EVERSHELF_SOAK: '1' } },
  );
  onEnd(() => child.kill('SIGKILL'));
  await once(child, 'close');
  const { testResults } = JSON.parse(await readFile(file, 'utf8')) as Report;
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status, duration = 0 }) => ({
      subject: fullName,
      seconds: duration / 1000,
      figures: { tests: 1, failed: status === 'passed' ? 0 : 1 },
      broken: status === 'passed' ? [] : [`found it ${status}`],
    })),
  );
}
