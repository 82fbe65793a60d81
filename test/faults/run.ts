import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { JSONReport } from '@playwright/test/reporter';
import { build } from 'vite';
import { reliabilityPage } from '../soak/reliabilityPage.ts';
import { faultRows, HELD, KEPT } from './faultRows.ts';

/** `pnpm faults`: tries the fault matrix alone, and prints what was survived and what not; `--write` keeps its rows for the documents. */
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const report = at('../.results/faultsReport.json');

await build({ configFile: at('../../packages/sdk/vite.config.ts'), logLevel: 'warn' });
mkdirSync(dirname(report), { recursive: true });
const cli = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js');
const { status } = spawnSync(
  process.execPath,
  [
    ...[cli, 'test', '--config', at('alone.config.ts'), '--reporter=list,json'],
    // What is kept is what is to be written.
    ...(values.write ? ['--grep-invert', HELD] : []),
  ],
  { stdio: 'inherit', env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
);
const rows = faultRows(JSON.parse(readFileSync(report, 'utf8')) as JSONReport);
console.table(rows);
writeFileSync(at('../.results/faults.json'), `${JSON.stringify(rows, null, 2)}\n`);
if (status !== 0) process.exitCode = 1;
if (values.write) {
  writeFileSync(KEPT, `${JSON.stringify(rows, null, 2)}\n`);
  writeFileSync(at('../../docs/reliability.md'), reliabilityPage());
}
