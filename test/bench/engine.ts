import { rename, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { enginePlots } from './engine/enginePlots.ts';
import { enginePage, engineReport } from './engine/engineReport.ts';
import { measureEngines } from './engine/measureEngines.ts';
import { servePage } from './engine/servePage.ts';

const HELP = `Measures how long the best 50 items of a synthetic shop take: our engines beside others, all in one page of headless
Chromium, where WebGPU is computed on the CPU. Answers of all are interleaved; medians count. An engine that cannot, or whose
items are not ours, is listed with the reason.

  --items <list>      default: 1000,10000,100000,1000000
  --contexts <list>   questions at once; default: 1,48
  --rounds <number>   answers of each engine at most, fewer where they are slow; default: 30
  --json <file>       write the figures as JSON
  --write             write docs/bench/engine.md, engine.json and its plots
  --help
`;

const { values: options } = parseArgs({
  options: {
    items: { type: 'string', default: '1000,10000,100000,1000000' },
    contexts: { type: 'string', default: '1,48' },
    rounds: { type: 'string', default: '30' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}
const items = wholeNumbers('items');
const contexts = wholeNumbers('contexts');
const [rounds] = wholeNumbers('rounds');

const began = performance.now();
const served = await servePage();
try {
  const bench = await measureEngines(served.open, { items, contexts, rounds: rounds! }, (what) => {
    const seconds = (performance.now() - began) / 1000;
    console.error(`${seconds.toFixed(0).padStart(4)} s  ${what}`);
  });
  console.log(engineReport(bench));
  const json = `${JSON.stringify(bench, null, 1)}\n`;
  if (options.json !== undefined) await writeAside(options.json, json);
  if (options.write) {
    const files = [['engine.json', json], ['engine.md', enginePage(bench)], ...enginePlots(bench)] as const;
    for (const [name, content] of files) await writeAside(`docs/bench/${name}`, content);
  }
} finally {
  await served.close();
}

/** A file that is whole or not there. */
async function writeAside(file: string, content: string): Promise<void> {
  await writeFile(`${file}.part`, content);
  await rename(`${file}.part`, file);
}

function wholeNumbers(name: 'items' | 'contexts' | 'rounds'): number[] {
  const numbers = options[name].split(',').map(Number);
  if (numbers.every((number) => Number.isInteger(number) && number >= 1)) return numbers;
  console.error(`--${name}: found ${options[name]}, wanted whole numbers >= 1`);
  process.exit(1);
}
