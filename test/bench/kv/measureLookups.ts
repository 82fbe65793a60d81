import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { ChangesAnswer, ItemsAnswer } from '../../../packages/model/src/index.ts';
import { freePorts } from '../../../packages/kv/test/servers/freePorts.ts';
import { startRedis } from '../../../packages/kv/test/servers/startRedis.ts';
import { quantile } from '../engine/quantile.ts';
import type { AnswerBytes } from './dayOf.ts';
import { type Call, CALLS, type KvBench, type LookupRow } from './KvBench.ts';
import { loadItems } from './loadItems.ts';
import { madeBatches } from './madeItems.ts';
import { type BenchServer, cpuOf, startBenchServer, startService } from './startService.ts';
import { type Asked, type Load, wrk } from './wrk.ts';

/** Items of a lookup, and how many different ones are asked for. */
const LOOKUP = 24;
const LOOKUPS = 1000;
/** Seconds for which each call is asked before any is measured: code that runs for the first time is slow. */
const WARMING = 1;
/** Headers of who takes no coding; fetch asks for gzip by itself. */
const PLAIN = { 'accept-encoding': 'identity' };

interface Contestant {
  readonly server: LookupRow['server'];
  readonly store: LookupRow['store'];
  readonly at: BenchServer;
  cpu(): number;
  /** Paths of each call that it knows. */
  readonly paths: Partial<Record<Call, readonly string[]>>;
}

type Measured = Load & { readonly cpuUs: number };

/** Asks our service on two stores, and webdis on the same Redis, in turns. */
export async function measureLookups(
  { items, runs, seconds, connections }: Pick<KvBench, 'items' | 'runs' | 'seconds' | 'connections'>,
  told: (line: string) => void,
): Promise<{ rows: LookupRow[]; answers: AnswerBytes }> {
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-bench-'));
  const redis = await startRedis();
  const servers: BenchServer[] = [];
  try {
    const lmdb = await startService(`lmdb:${folder}`);
    servers.push(lmdb);
    const onRedis = await startService(redis.url);
    servers.push(onRedis);
    for (const server of servers) await loadItems(server, madeBatches(items));
    await copyAnswers(onRedis, redis.url, items);
    const webdis = await startWebdis(redis.port, folder);
    servers.push(webdis);

    const lookups = lookupsOf(items);
    const withRedis = (at: BenchServer): number => at.cpu() + cpuOf(redis.process.pid!);
    const contestants: Contestant[] = [
      { server: 'evershelf', store: 'lmdb', at: lmdb, cpu: lmdb.cpu, paths: await ownPaths(lmdb, lookups) },
      {
        server: 'evershelf',
        store: 'redis',
        at: onRedis,
        cpu: () => withRedis(onRedis),
        paths: await ownPaths(onRedis, lookups),
      },
      {
        server: 'webdis',
        store: 'redis',
        at: webdis,
        cpu: () => withRedis(webdis),
        paths: webdisPaths(lookups, (await changesOf(lmdb)).pages),
      },
    ];
    for (const { at, paths } of contestants)
      for (const call of CALLS) {
        const asked = await askedOf(at, call, paths);
        if (asked !== undefined) await wrk(at.url, asked, connections, WARMING);
      }
    const found = new Map<string, Measured[]>();
    for (let run = 0; run < runs; run++)
      for (const call of CALLS)
        for (const contestant of contestants) {
          const { server, store, at, cpu, paths } = contestant;
          const asked = await askedOf(at, call, paths);
          if (asked === undefined) continue;
          const before = cpu();
          const load = await wrk(at.url, asked, connections, seconds);
          const measured = { ...load, cpuUs: (cpu() - before) / load.requests };
          const key = JSON.stringify([server, store, call]);
          found.set(key, [...(found.get(key) ?? []), measured]);
          told(
            `${run + 1}/${runs} ${server} on ${store}, ${call}: ${(load.requests / load.seconds).toFixed(0)} a second`,
          );
        }
    const rows = [...found].map(([key, loads]): LookupRow => {
      const [server, store, call] = JSON.parse(key) as [LookupRow['server'], LookupRow['store'], Call];
      const median = (of: (load: Measured) => number): number => quantile(loads.map(of), 0.5);
      return {
        server,
        store,
        call,
        requestsPerSecond: median((load) => load.requests / load.seconds),
        p50Ms: median((load) => load.p50Ms),
        p99Ms: median((load) => load.p99Ms),
        cpuUs: median((load) => load.cpuUs),
      };
    });
    return { rows, answers: await answerBytes(lmdb, lookups, items) };
  } finally {
    for (const server of servers) await server.stop();
    await redis.stop();
    await rm(folder, { recursive: true });
  }
}

/** Sorted ids, as browsers send them, of 24 items each; the same ones in every run. */
function lookupsOf(items: number): string[][] {
  let state = 7;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * items);
  };
  return Array.from({ length: LOOKUPS }, () =>
    Array.from({ length: LOOKUP }, () => `item-${next()}`).toSorted(),
  );
}

async function ownPaths(at: BenchServer, lookups: readonly string[][]): Promise<Contestant['paths']> {
  const { revision, changed, revisions } = await changesOf(at);
  const items = lookups.map((ids) => `/v1/items?ids=${ids.join(',')}`);
  const page = changed.map((each, k) => `/v1/pages/${each}?r=${revisions[k]}`);
  const changes = [`/v1/changes?since=${revision}`];
  return { items, 'items, 304': items, page, 'page, 304': page, changes };
}

/** webdis knows a key's value: an item's answer, or that of a page. */
function webdisPaths(lookups: readonly string[][], pages: number): Contestant['paths'] {
  const items = lookups.map((ids) => `/MGET/${ids.join('/')}`);
  const page = Array.from({ length: pages }, (_, each) => `/GET/page-${each}`);
  return { items, 'items, 304': items, page, 'page, 304': page };
}

/**
 * What is asked; ETags are those that the server gives now to who takes no coding, as wrk does.
 *
 * @throws where more than one in a hundred is not answered 304; webdis was seen to answer one of some thousands in full
 */
async function askedOf(
  { url }: BenchServer,
  call: Call,
  paths: Contestant['paths'],
): Promise<Asked[] | undefined> {
  const own = paths[call];
  if (own === undefined || !call.endsWith('304')) return own?.map((path) => ({ path }));
  const asked: Asked[] = [];
  let full = 0;
  for (const path of own) {
    const first = await fetch(url + path, { headers: PLAIN });
    await first.arrayBuffer();
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(url + path, { headers: { ...PLAIN, 'if-none-match': etag } });
    await again.arrayBuffer();
    if (again.status !== 304) full++;
    asked.push({ path, etag });
  }
  if (full > own.length / 100)
    throw new Error(`${url}: found ${full} of ${own.length} ETags that are not answered 304, wanted all`);
  return asked;
}

/** What answers take with Brotli, on a service that holds so many items. */
async function answerBytes(
  { url }: BenchServer,
  lookups: readonly string[][],
  items: number,
): Promise<AnswerBytes> {
  const { revision, changed } = await changesOf({ url });
  const sizeOf = async (path: string): Promise<number> => {
    const answer = await fetch(url + path, { headers: { 'accept-encoding': 'br' } });
    await answer.arrayBuffer();
    return Number(answer.headers.get('content-length'));
  };
  const sum = async (paths: readonly string[]): Promise<number> => {
    let bytes = 0;
    for (const path of paths) bytes += await sizeOf(path);
    return bytes;
  };
  const some = lookups.slice(0, 100);
  return {
    pageItem: (await sum(changed.map((page) => `/v1/pages/${page}`))) / items,
    changes: await sizeOf(`/v1/changes?since=${revision}`),
    lookup: (await sum(some.map((ids) => `/v1/items?ids=${ids.join(',')}`))) / some.length,
  };
}

async function changesOf({ url }: Pick<BenchServer, 'url'>): Promise<ChangesAnswer> {
  return (await (await fetch(`${url}/v1/changes`)).json()) as ChangesAnswer;
}

/** Puts what our service answers for each item and page under keys of their own, for webdis to find. */
async function copyAnswers({ url }: BenchServer, redisUrl: string, items: number): Promise<void> {
  const redis = new Redis(redisUrl);
  for (let from = 0; from < items; from += 100) {
    const ids = Array.from({ length: Math.min(100, items - from) }, (_, k) => `item-${from + k}`);
    const answer = (await (await fetch(`${url}/v1/items?ids=${ids.join(',')}`)).json()) as ItemsAnswer;
    await redis.mset(answer.items.flatMap((stored) => [stored.item.id, JSON.stringify(stored)]));
  }
  for (let page = 0; page < (await changesOf({ url })).pages; page++)
    await redis.set(`page-${page}`, await (await fetch(`${url}/v1/pages/${page}`)).text());
  redis.disconnect();
}

/** webdis as Debian ships it, but for its port and its log. */
async function startWebdis(redisPort: number, folder: string): Promise<BenchServer> {
  const [port] = await freePorts(1);
  const file = join(folder, 'webdis.json');
  const config = {
    redis_host: '127.0.0.1',
    redis_port: redisPort,
    http_host: '127.0.0.1',
    http_port: port,
    threads: 2,
    daemonize: false,
    verbosity: 0,
    logfile: join(folder, 'webdis.log'),
  };
  await writeFile(file, JSON.stringify(config));
  return await startBenchServer('webdis', [file], port!, '/PING');
}
