import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JSONReport } from '@playwright/test/reporter';
import { auditDependencies } from '../release/auditDependencies.ts';
import { findBrowser } from '../packages/sdk/test/findBrowser.ts';
import { playwrightFailures, type VitestReport, vitestFailures } from './failures.ts';
import { faultRows } from './faults/faultRows.ts';
import { installBrowser } from './installBrowser.ts';
import { installFirefox } from './installFirefox.ts';
import { installServers } from './installServers.ts';

/** Runs all tests, those of the packages and those in the browser, and ends with `N passed, N failed`, and `N skipped` where some were. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RESULTS = join(ROOT, 'test/.results');

interface Count {
  readonly passed: number;
  /** A line for each. */
  readonly failures: readonly string[];
  readonly skipped: number;
}

await rm(RESULTS, { recursive: true, force: true });
await mkdir(RESULTS, { recursive: true });
process.env['EVERSHELF_BROWSER'] = findBrowser() ?? (await installBrowser());
installFirefox();
await installServers();

const training = trainDemo();
const tested = await runVitest();
await training;
const counts = [await runAudit(), tested, await runPlaywright()];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failures = counts.flatMap((count) => count.failures);
const skipped = counts.reduce((sum, count) => sum + count.skipped, 0);
for (const line of failures) console.log(`Failed: ${line}`);
console.log(`\n${passed} passed, ${failures.length} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
process.exitCode = failures.length === 0 ? 0 : 1;

/** The demo's models, on what the tests of the packages leave idle. Where that fails, the demo says so once more when it starts. */
function trainDemo(): Promise<unknown> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/start.ts', '--train-only'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  // Its own children inherit that.
  setPriority(child.pid!, constants.priority.PRIORITY_LOW);
  return new Promise((resolve) => child.once('close', resolve));
}

/** Dependencies that are published are to have no advisory that the registry knows of; where it does not say, that is said. */
async function runAudit(): Promise<Count> {
  const { published, others, unanswered } = await auditDependencies();
  for (const line of others) console.log(`Advisory on what builds and tests: ${line}`);
  console.log(`Dependencies were ${unanswered === undefined ? 'audited' : `not audited: ${unanswered}`}.`);
  const failures = published.map((line) => `advisory on what is published: ${line}`);
  return count('the audit', failures.length, failures, failures.length === 0 ? 1 : 0);
}

async function runVitest(): Promise<Count> {
  const file = join(RESULTS, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runBin('vitest', 'vitest.mjs', ['run', ...reporters]);
  const report = await readJson<VitestReport>(file);
  const tests = report?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];
  const skipped = tests.filter(({ status }) => status === 'skipped' || status === 'pending');
  const reasons = skipped.map(({ fullName }) => /^.*\(skipped: .*\)/.exec(fullName)?.[0] ?? fullName);
  for (const reason of new Set(reasons)) console.log(reason);
  const failures = report === undefined ? [] : vitestFailures(report);
  return count('vitest', code, failures, report?.numPassedTests, skipped.length);
}

async function runPlaywright(): Promise<Count> {
  const file = join(RESULTS, 'playwright.json');
  const code = await runBin(
    '@playwright/test',
    'cli.js',
    ['test', '--config', 'test/playwright.config.ts', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  );
  const report = await readJson<JSONReport>(file);
  if (report !== undefined) {
    const rows = JSON.stringify(faultRows(report), null, 2);
    await writeFile(join(RESULTS, 'faults.json'), `${rows}\n`);
  }
  const stats = report?.stats;
  const failures = report === undefined ? [] : playwrightFailures(report);
  return count('Playwright', code, failures, stats?.expected, stats?.skipped);
}

/** A runner that ended badly without a failed test to show for it is a failure of its own. */
function count(runner: string, code: number, failures: readonly string[], passed = 0, skipped = 0): Count {
  const named = code !== 0 && failures.length === 0 ? [`${runner} ended with ${code}`] : failures;
  return { passed, failures: named, skipped };
}

function runBin(
  name: string,
  file: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, file), ...args], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function readJson<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}
