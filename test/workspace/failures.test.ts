import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { JSONReport } from '@playwright/test/reporter';
import { expect, it, onTestFinished } from 'vitest';
import { playwrightFailures, vitestFailures, type VitestReport } from '../failures.ts';

const TESTS = `
test('holds', () => {});
test.describe('a shelf', () => {
  test('is full', () => {
    throw new Error('found 3 cards\\nwanted 8');
  });
});
`;
const NEVER_RUN = `
test.beforeAll(() => {
  throw new Error('no shop');
});
test('waits for the shop', () => {});
`;

/** Runs a test runner, which is to fail, on files of a folder of its own; gives the report that it wrote there. */
async function reportOf<Report>(
  runner: string,
  cli: string,
  args: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<Report> {
  // Within the repository, from where the runners are found.
  const results = fileURLToPath(new URL('../.results/', import.meta.url));
  await mkdir(results, { recursive: true });
  const folder = await mkdtemp(`${results}failures-`);
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const report = join(folder, 'report.json');
  const bin = join(dirname(createRequire(import.meta.url).resolve(`${runner}/package.json`)), cli);
  const { VITEST: _, ...env } = process.env;
  const ran = promisify(execFile)(process.execPath, [bin, ...args], {
    cwd: folder,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  await expect(ran).rejects.toMatchObject({ code: 1 });
  return JSON.parse(await readFile(report, 'utf8')) as Report;
}

it('names the tests of vitest that failed, and files whose tests never ran', async () => {
  const head = `import { beforeAll, describe, test as it } from 'vitest';\nconst test = Object.assign(it, { beforeAll, describe });\n`;
  const report = await reportOf<VitestReport>(
    'vitest',
    'vitest.mjs',
    ['run', '--root', '.', '--reporter=json', '--outputFile=report.json'],
    {
      'vite.config.mjs': 'export default {};\n',
      'tests.test.mjs': head + TESTS,
      'never.test.mjs': head + NEVER_RUN,
    },
  );
  expect(vitestFailures(report).toSorted()).toEqual(
    [
      expect.stringMatching(/never\.test\.mjs: .*no shop$/),
      'a shelf is full: Error: found 3 cards',
    ].toSorted(),
  );
});

it('names the tests of Playwright that failed', async () => {
  const head = `import { test } from '@playwright/test';\n`;
  const report = await reportOf<JSONReport>('@playwright/test', 'cli.js', ['test', '--reporter=json'], {
    'playwright.config.mjs': "export default { outputDir: './out' };\n",
    'tests.spec.mjs': head + TESTS,
    'never.spec.mjs': head + NEVER_RUN,
  });
  expect(playwrightFailures(report)).toEqual([
    expect.stringMatching(/^never\.spec\.mjs › waits for the shop: .*no shop$/),
    'tests.spec.mjs › is full: Error: found 3 cards',
  ]);
});
