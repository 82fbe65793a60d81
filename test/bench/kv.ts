import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { installDynamoDbLocal } from '../installDynamoDbLocal.ts';
import { installFromDebian } from '../installFromDebian.ts';
import { writeAside } from './engine/writeAside.ts';
import type { KvBench } from './kv/KvBench.ts';
import { kvReport } from './kv/kvReport.ts';
import { measureFreshness } from './kv/measureFreshness.ts';
import { measureLookups } from './kv/measureLookups.ts';
import { measureSizes } from './kv/measureSizes.ts';
import { refuse, wholeNumber } from './options.ts';

const PARTS = ['lookups', 'sizes', 'freshness'];
const HELP = `Measures the metadata service: lookups beside webdis on the same Redis, how long a shop takes to be put, and how long a change
takes to be on an open page.

  --parts <names>         any of ${PARTS.join(',')}; default: all
  --items <number>        that are looked up; default: 10000
  --runs <number>         of the lookups; default: 5
  --seconds <number>      of each measurement, after one that is not measured; default: 3
  --connections <number>  of wrk; default: 16
  --sizes <numbers>       of the shops that are put; default: 10000,100000,1000000
  --upserts <number>      that a page waits for; default: 200
  --json <file>           write the figures
  --write                 write docs/bench/kv.md and kv.json
  --help
`;

const { values: options } = parseArgs({
  options: {
    parts: { type: 'string', default: PARTS.join(',') },
    items: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
    sizes: { type: 'string', default: '10000,100000,1000000' },
    upserts: { type: 'string', default: '200' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}

const parts = options.parts.split(',');
const unknown = parts.find((part) => !PARTS.includes(part));
if (unknown !== undefined) refuse('parts', unknown, `any of ${PARTS.join(',')}`);
const settings = {
  items: wholeNumber('items', options.items),
  runs: wholeNumber('runs', options.runs),
  seconds: wholeNumber('seconds', options.seconds),
  connections: wholeNumber('connections', options.connections),
};
const sizes = options.sizes.split(',').map((size) => wholeNumber('sizes', size));
const upserts = wholeNumber('upserts', options.upserts);
if (parts.includes('lookups')) need('wrk', 'webdis', 'redis-server');
if (parts.includes('freshness')) {
  need('redis-server');
  await installDynamoDbLocal();
  await build({ configFile: 'packages/sdk/vite.config.ts', logLevel: 'warn' });
}
const has = (part: string): boolean => parts.includes(part);
const lookups = has('lookups') ? await measureLookups(settings, console.error) : { rows: [] };
const busy = loadavg()[1]!;
const sized = has('sizes') ? await measureSizes(sizes, console.error) : [];
const freshness = has('freshness') ? await measureFreshness(upserts, console.error) : [];
const bench: KvBench = {
  date: new Date().toISOString().slice(0, 10),
  cores: availableParallelism(),
  busy,
  ...settings,
  ...lookups,
  sizes: sized,
  freshness,
};
console.log(kvReport(bench));
const json = `${JSON.stringify(bench, null, 1)}\n`;
if (options.json !== undefined) await writeAside(options.json, json);
if (options.write) {
  if (PARTS.some((part) => !parts.includes(part))) refuse('write', options.parts, 'all parts');
  await writeAside('docs/bench/kv.json', json);
  await writeAside('docs/bench/kv.md', kvReport(bench));
}

/** Installs programs that are missing, where we may. */
function need(...programs: readonly string[]): void {
  const missing = (): string[] => programs.filter((each) => spawnSync('which', [each]).status !== 0);
  if (missing().length > 0) installFromDebian(...missing());
  if (missing().length === 0) return;
  console.error(`found no ${missing().join(', ')}, wanted ${programs.join(', ')}: install what is missing`);
  process.exit(1);
}
