import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { text } from 'node:stream/consumers';
import { lmdbStore, startService } from '../../packages/kv/src/index.ts';
import { type FeedBench, feedTable, type Publishing } from './feed/feedReport.ts';

const HELP = `Measures evershelf publish --feed: a made-up feed in XML, packed, to a service and to a static folder, and again with one
price in a thousand changed.

  --items <number>   default: 1000000
  --write            write docs/bench/feed.json, which docs/feed.md shows
  --help
`;

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const { values: options } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}
const items = Number(options.items);
if (!(Number.isInteger(items) && items >= 1)) {
  console.error(`--items: found ${options.items}, wanted a whole number >= 1`);
  process.exit(1);
}

/** What the end of a process says of its memory, on standard error. */
const PEAK = `data:text/javascript,process.on('exit',()=>console.error('peak '+process.resourceUsage().maxRSS))`;
const WORDS = 'Soft and warm and made to last, for the days that are long and the nights that are longer. ';

const folder = await mkdtemp(join(tmpdir(), 'evershelf-bench-'));
const service = await startService({
  store: await lmdbStore(join(folder, 'data')),
  token: 'secret',
  port: 0,
});
try {
  const feed = join(folder, 'feed.xml.gz');
  const bytes = await writeFeed(feed, '');
  const { size } = await stat(feed);
  const kv = join(folder, 'kv');
  const runs: Publishing[] = [
    await publish('to a service, all new', feed, service.url),
    await publish('again, nothing changed', feed, service.url),
    await publish('to a folder, all new', feed, kv),
  ];
  await writeFeed(feed, '5');
  runs.push(await publish('to the service, one price in 1,000 changed', feed, service.url));
  const cores = `${availableParallelism()} shared cores, Node ${process.versions.node}`;
  const bench: FeedBench = { cores, items, bytes, packed: size, runs };
  console.log(feedTable(bench));
  if (options.write) await writeFile(at('docs/bench/feed.json'), `${JSON.stringify(bench, null, 1)}\n`);
} finally {
  await service.close();
  await rm(folder, { recursive: true });
}

/** Writes the feed; `cents` ends every thousandth price. @returns bytes before packing */
async function writeFeed(file: string, cents: string): Promise<number> {
  const gzip = createGzip({ level: 1 });
  const written = gzip.pipe(createWriteStream(file));
  let bytes = 0;
  const write = async (part: string): Promise<void> => {
    bytes += part.length;
    if (!gzip.write(part)) await once(gzip, 'drain');
  };
  await write('<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n');
  for (let k = 0; k < items; k++)
    await write(
      `<item><g:id>sku-${k}</g:id><g:title>Thing ${k} in colour ${k % 13}</g:title><g:description>${WORDS.repeat(4)}${k}</g:description>` +
        `<g:link>https://shop.example/p/${k}</g:link><g:image_link>https://shop.example/i/${k}.jpg</g:image_link>` +
        `<g:price>${(k % 1000) + 1}.9${k % 1000 === 0 ? cents : ''} EUR</g:price><g:availability>in_stock</g:availability>` +
        `<g:brand>Brand ${k % 997}</g:brand><g:product_type>Home &gt; Hall ${k % 31} &gt; Shelf ${k % 411}</g:product_type></item>\n`,
    );
  await write('</channel></rss>\n');
  gzip.end();
  await once(written, 'close');
  return bytes;
}

async function publish(what: string, feed: string, to: string): Promise<Publishing> {
  console.error(what);
  const began = performance.now();
  const args = ['--import', 'tsx', '--import', PEAK, at('packages/trainer/src/cli.ts')];
  const child = spawn(process.execPath, [
    ...args,
    'publish',
    '--feed',
    feed,
    '--to',
    to,
    '--token',
    'secret',
  ]);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const peak = /peak (\d+)/.exec(err)?.[1];
  if (out === '' || peak === undefined) throw new Error(`publish ended with ${err}`);
  return {
    what,
    seconds: (performance.now() - began) / 1000,
    peakBytes: Number(peak) * 1024,
    said: out.slice(to.length + 2).trim(),
  };
}
