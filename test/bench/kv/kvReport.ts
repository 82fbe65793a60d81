import { markdownTable } from '../../../packages/trainer/src/report/markdownTable.ts';
import type { KvBench, LookupRow } from './KvBench.ts';

const count = (value: number): string => Math.round(value).toLocaleString('en');
const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

/** docs/bench/kv.md. */
export function kvReport(bench: KvBench): string {
  const { date, cores, busy, runs, seconds, connections, items, rows, sizes, freshness } = bench;
  return [
    `# Metadata service

\`npx -y pnpm bench kv\`, ${date}, on ${cores} cores of a shared machine; servers, stores and clients share them.`,
    rows.length > 0 &&
      `## Lookups

A shop of ${count(items)} items, asked by wrk over ${connections} connections as fast as it can, in turns, ${runs} runs of ${seconds} s, medians, while
${busy.toFixed(0)} processes wanted a core, these among them. \`items\` are 24 items a request, others in each of a thousand; \`304\` are requests of a
client that knows the answer. webdis answers with the values of keys (\`MGET\`, \`GET\`) that hold what our service answers, as Debian
ships it, with two threads; our service is one process. Processor time is that of the server for one request, with Redis where it
stands behind.

${markdownTable(
  ['call', 'server', 'store', 'requests/s', 'p50 ms', 'p99 ms', 'processor us', 'webdis = 1'],
  rows.map((row) => [
    row.call,
    row.server,
    row.store,
    count(row.requestsPerSecond),
    ms(row.p50Ms),
    ms(row.p99Ms),
    count(row.cpuUs),
    ratioOf(row, rows),
  ]),
)}`,
    sizes.length > 0 &&
      `## Sizes

A shop on LMDB, put in batches of 1,000 items, one after the other; 24 items are looked up every 10 ms meanwhile. Then the service is
started again on what it wrote: from the start of the process to its first answer, reading its TypeScript included; its memory is
its own, without the pages of the file that the system keeps.

${markdownTable(
  ['items', 'put in s', 'items/s', 'lookup p50 ms', 'lookup p99 ms', 'start ms', 'memory MB', 'file MB'],
  sizes.map((row) => [
    count(row.items),
    row.loadSeconds.toFixed(1),
    count(row.items / row.loadSeconds),
    ms(row.readP50Ms),
    ms(row.readP99Ms),
    count(row.startMs),
    count(row.memoryMB),
    count(row.diskMB),
  ]),
)}`,
    freshness.length > 0 &&
      `## Freshness

From the start of a PUT of a new product to its card on an open page in headless Chromium, ${freshness[0]!.upserts} products one after the other.

${markdownTable(
  ['store', 'p50 ms', 'p99 ms'],
  freshness.map((row) => [row.store, count(row.p50Ms), count(row.p99Ms)]),
)}`,
  ]
    .filter((part) => part !== false)
    .join('\n\n')
    .concat('\n');
}

/** Requests a second as a multiple of those of webdis. */
function ratioOf(row: LookupRow, rows: readonly LookupRow[]): string {
  const peer = rows.find(({ server, call }) => server === 'webdis' && call === row.call);
  return peer === undefined ? '' : (row.requestsPerSecond / peer.requestsPerSecond).toFixed(2);
}
