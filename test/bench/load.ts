import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { writeAside } from './engine/writeAside.ts';
import type { LoadBench } from './load/LoadBench.ts';
import { loadReport } from './load/loadReport.ts';
import { measureLoads } from './load/measureLoads.ts';
import { measureMemory } from './load/measureMemory.ts';
import { LOAD_PAGE } from './load/loadPage.ts';
import { MEMORY_PAGE } from './load/memoryPage.ts';
import { serveFiles } from './load/serveFiles.ts';
import { circumstances, slowHelp, slowOptions, slowVisits } from './load/slowVisits.ts';

const RUNS = 5;
const HELP = `Measures how long a page waits for its first shelf, cold and warm, in headless Chromium with a slow network and processor,
and what it holds in its memory.

  --model <folder>      an artifact; default: that of the demo, which \`pnpm demo\` trains
${slowHelp(RUNS)}
  --write               write docs/bench/load.md and load.json
  --help
`;

/** Items of the made shop that a page holds in its memory. */
const MADE = 100_000;

const { values: options } = parseArgs({
  options: {
    model: { type: 'string', default: 'demo/public/model' },
    ...slowOptions(RUNS),
    write: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}

const manifest = await readFile(join(options.model, 'manifest.json'), 'utf8').catch(() => {
  console.error(
    `--model: found no manifest.json in ${options.model}, wanted an artifact; \`pnpm demo\` trains one`,
  );
  process.exit(1);
});
const { items } = JSON.parse(manifest) as { items: number };
await build({ configFile: 'packages/sdk/vite.config.ts', logLevel: 'warn' });
const served = await serveFiles(
  { '/': LOAD_PAGE, '/memory': MEMORY_PAGE },
  { immutable: { '/': 'packages/sdk/dist/script' }, revalidated: { '/model/': options.model } },
);
const way = slowVisits(options);
try {
  const found = await measureLoads(served, way, console.error);
  const memory = { items: MADE, rows: await measureMemory(served, MADE) };
  const bench: LoadBench = { ...circumstances(way, items), ...found, memory };
  console.log(loadReport(bench));
  if (options.write) {
    await writeAside('docs/bench/load.json', `${JSON.stringify(bench, null, 1)}\n`);
    await writeAside('docs/bench/load.md', loadReport(bench));
  }
} finally {
  served.close();
}
