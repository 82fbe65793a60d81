import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type EngineBench, ENGINES } from './engine/EngineBench.ts';
import { ENGINE_OPTIONS, extentOf } from './engine/engineOptions.ts';
import { enginePlots } from './engine/enginePlots.ts';
import { enginePage } from './engine/engineReport.ts';
import { packBench } from './engine/node/packBench.ts';
import { runBench } from './engine/runBench.ts';
import { servePage } from './engine/servePage.ts';
import { writeAside } from './engine/writeAside.ts';

const HELP = `Measures how long the best 50 items of a synthetic shop take: our engines beside others, all in one page of headless
Chromium, where WebGPU is computed on the CPU, or in one process of Node, where it is Dawn's. Answers of all are interleaved; medians
count. An engine that cannot, or whose items are not ours, is listed with the reason.

  --runtime <name>    browser (default) or node
  --items <list>      default: 1000,10000,100000,1000000
  --contexts <list>   questions at once; default: 1,48
  --engines <list>    default: all, ${ENGINES.join(',')}
  --rounds <number>   answers of each engine at most, fewer where they are slow; default: 30
  --json <file>       write the figures as JSON
  --write             write docs/bench/engine.md, engine.json and its plots, or engine-node.md and so on
  --pack <folder>     with --runtime node, run nothing: write a folder of at most 64 MiB that runs on another machine of this
                      platform, with Node alone: node <folder>/engine.js, with --items, --contexts, --engines, --rounds, --json as above
  --help
`;

const { values: options } = parseArgs({
  options: {
    ...ENGINE_OPTIONS,
    runtime: { type: 'string', default: 'browser' },
    pack: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}
const { runtime, pack } = options;
if (runtime !== 'browser' && runtime !== 'node')
  refuse(`--runtime: found ${runtime}, wanted browser or node`);
if (pack !== undefined && runtime !== 'node') refuse('--pack: found a browser, wanted --runtime node');

if (pack !== undefined) {
  const bytes = await packBench(pack);
  console.log(`${pack}: ${(bytes / 2 ** 20).toFixed(1)} MiB; node ${join(pack, 'engine.js')} measures`);
} else {
  const bench = runtime === 'node' ? await inNode() : await inBrowser();
  if (options.write) {
    const name = runtime === 'node' ? 'engine-node' : 'engine';
    await writeAside(`docs/bench/${name}.json`, `${JSON.stringify(bench, null, 1)}\n`);
    for (const [file, content] of [[`${name}.md`, enginePage(bench)] as const, ...enginePlots(bench)])
      await writeAside(`docs/bench/${file}`, content);
  }
}

async function inBrowser(): Promise<EngineBench> {
  const { open, close } = await servePage();
  try {
    return await runBench({ name: 'browser', engines: ENGINES, open }, extentOf(options), options.json);
  } finally {
    await close();
  }
}

/** Measures with the folder that would be packed, and nothing beside it. */
async function inNode(): Promise<EngineBench> {
  const folder = fileURLToPath(new URL('../../node_modules/.cache/bench-engine-node', import.meta.url));
  const bytes = await packBench(folder);
  console.error(`packed: ${(bytes / 2 ** 20).toFixed(1)} MiB`);
  const json = options.json ?? join(folder, 'bench.json');
  const { items, contexts, engines, rounds } = options;
  const args = Object.entries({ items, contexts, engines, rounds, json }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  const child = spawn(process.execPath, [join(folder, 'engine.js'), ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) process.exit(code ?? 1);
  return JSON.parse(await readFile(json, 'utf8')) as EngineBench;
}

function refuse(reason: string): never {
  console.error(reason);
  process.exit(1);
}
