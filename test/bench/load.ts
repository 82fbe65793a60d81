import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
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
import { refuse } from './options.ts';

const HELP = `Measures how long a page waits for its first shelf, cold and warm, in headless Chromium with a slow network and processor,
and what it holds in its memory.

  --model <folder>      an artifact; default: that of the demo, which \`pnpm demo\` trains
  --runs <number>       visits of each kind; default: 5
  --megabits <number>   of the network, a second; default: 10
  --latency <number>    of each request, in milliseconds; default: 40
  --slowdown <number>   of the processor; default: 4
  --write               write docs/bench/load.md and load.json
  --help
`;

/** Items of the made shop that a page holds in its memory. */
const MADE = 100_000;

const { values: options } = parseArgs({
  options: {
    model: { type: 'string', default: 'demo/public/model' },
    runs: { type: 'string', default: '5' },
    megabits: { type: 'string', default: '10' },
    latency: { type: 'string', default: '40' },
    slowdown: { type: 'string', default: '4' },
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
const way = {
  network: { megabits: number('megabits'), latencyMs: number('latency') },
  slowdown: number('slowdown'),
  runs: number('runs'),
};
try {
  const found = await measureLoads(served, way, console.error);
  const memory = { items: MADE, rows: await measureMemory(served, MADE) };
  const date = new Date().toISOString().slice(0, 10);
  const bench: LoadBench = {
    date,
    cores: availableParallelism(),
    busy: loadavg()[1]!,
    items,
    ...way,
    ...found,
    memory,
  };
  console.log(loadReport(bench));
  if (options.write) {
    await writeAside('docs/bench/load.json', `${JSON.stringify(bench, null, 1)}\n`);
    await writeAside('docs/bench/load.md', loadReport(bench));
  }
} finally {
  served.close();
}

function number(name: 'runs' | 'megabits' | 'latency' | 'slowdown'): number {
  const value = Number(options[name]);
  return value > 0 ? value : refuse(name, options[name], 'a number above 0');
}
