import { markdownTable } from '../../../packages/trainer/src/report/markdownTable.ts';
import type { LoadBench } from './LoadBench.ts';

const whole = (value: number): string => value.toFixed(0);
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** docs/bench/load.md. */
export function loadReport(bench: LoadBench): string {
  const { date, cores, busy, items, network, slowdown, runs, rows, files, memory } = bench;
  const wire = (stage: string): number =>
    files.reduce((sum, file) => sum + (file.stage === stage ? file.wire : 0), 0);
  const stages = [...new Set(files.map(({ stage }) => stage))];
  return `# Load

How long a page waits for its first shelf, \`npx -y pnpm bench load\`, ${date}, on ${cores} cores of a shared machine that ${busy.toFixed(0)}
processes wanted at once: the demo's model of ${items.toLocaleString('en')} items, in headless Chromium, ${network.megabits} Mbit/s with ${network.latencyMs} ms of latency, the processor made
${slowdown} times slower; medians of ${runs} visits, in milliseconds. A cold visit has nothing in its caches, a warm one is the second of a
browser. \`all of the model first\` is the same page, but for asking when all of the model is here.

${markdownTable(
  ['page', 'cache', 'shelf drawn', 'since the call', 'all of the model', 'longest task'],
  rows.map((row) => [
    row.way,
    row.cache,
    whole(row.shelf),
    whole(row.sinceCall),
    whole(row.complete),
    whole(row.longestTask),
  ]),
)}

What a cold visit fetches, in kilobytes, on the wire with Brotli:

${markdownTable(
  ['file', 'stage', 'as it is', 'on the wire'],
  [
    ...files.map(({ name, stage, bytes, wire: own }) => [name, stage, kilobytes(bytes), kilobytes(own)]),
    ...stages.map((stage) => [`**in all**`, stage, '', kilobytes(wire(stage))]),
  ],
)}

What a page holds in its memory beyond an empty one, after a collection: JavaScript's heap, the buffers behind it and WebAssembly's
memory. The shop is a made one of ${memory.items.toLocaleString('en')} items with about four rows each, in tables of 65,536 rows of 64 numbers. The first
row is ids, titles, categories, brands and prices in columns and nothing else, the second all that there is before the tables come,
the third all, with the CPU engine that has answered. What one item adds is told by a smaller shop with the same tables.

${markdownTable(
  ['held', 'megabytes', 'bytes an item', 'beside ids and card data'],
  memory.rows.map(({ held, bytes, eachItem }) => [
    held,
    megabytes(bytes),
    eachItem.toFixed(1),
    (eachItem - memory.rows[0]!.eachItem).toFixed(1),
  ]),
)}
`;
}
