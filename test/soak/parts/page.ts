import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';
import { openPage, type OpenedPage } from '../../../packages/sdk/test/openPage.ts';
import { serveModel } from '../../../packages/sdk/test/serveModel.ts';
import { openHeaps } from '../../../packages/sdk/test/soak/heaps.ts';
import type { Offered } from '../../../packages/sdk/test/soak/page.ts';
import { openTestShop } from '../../../packages/sdk/test/testShop.ts';
import type { EngineName } from '../../../packages/sdk/src/types.ts';
import type { Budget, SoakRow } from '../SoakPart.ts';

/** Shelves that each engine ranks in a row; the GPU that the CPU computes is slow. */
const SHELVES: Record<Budget['length'], Record<EngineName, number>> = {
  smoke: { cpu: 400, worker: 400, webgpu: 40 },
  short: { cpu: 1000, worker: 1000, webgpu: 60 },
  long: { cpu: 10_000, worker: 10_000, webgpu: 10_000 },
};
/** Seconds of browsing. */
const BROWSING = { smoke: 0, short: 20, long: 1800 };
/** Shelves until all is compiled and every cache is full, and products of a visit before it is left for the next. */
const WARM_UP = { smoke: 100, short: 300, long: 300 };
const VISIT = 50;
/** Bytes that a heap may differ by: what the browser keeps of its own, and what a compiler adds late. */
const NOISE = 1_000_000;
/** Bytes that a database may: its log is tidied up now and then. */
const DATABASE_NOISE = 4_000_000;
const ITEMS = 1000;

/** Asks pages for shelves without end, and browses a shop over many visits. */
export async function page(budget: Budget): Promise<SoakRow[]> {
  const { length, tell, onEnd } = budget;
  const model = await serveModel(ITEMS);
  onEnd(model.close);
  const browser = await openPage<Offered>('soak/page.html');
  onEnd(browser.close);
  const open = async (engine: EngineName): Promise<OpenedPage<Offered>> => {
    const opened = await browser.another();
    onEnd(opened.close);
    await opened.offered((on, url, name) => on.open(url, name), model.url, engine);
    return opened;
  };
  const rows: SoakRow[] = [];
  for (const [engine, shelves] of Object.entries(SHELVES[length]) as [EngineName, number][]) {
    rows.push(await ranked(budget, await open(engine), engine, shelves));
    tell(`${shelves} shelves by ${engine}`);
  }
  if (BROWSING[length] > 0) rows.push(await browsed(budget, BROWSING[length]));
  return rows;
}

async function ranked(
  { length, signal }: Budget,
  { offered, page, close }: OpenedPage<Offered>,
  engine: EngineName,
  shelves: number,
): Promise<SoakRow> {
  const began = performance.now();
  const heaps = await openHeaps(page);
  await offered((on, times) => on.ask(times), WARM_UP[length]);
  const before = { ...(await heaps()), ...(await offered((on) => on.buffers())) };
  const engines = new Set<EngineName>();
  for (let asked = 0; asked < shelves; asked += 100) {
    signal.throwIfAborted();
    for (const each of await offered((on, times) => on.ask(times), Math.min(100, shelves - asked)))
      engines.add(each);
  }
  const after = { ...(await heaps()), ...(await offered((on) => on.buffers())) };
  await close();
  const broken = [
    ...grown('the heap of the page', before.page, after.page, NOISE),
    ...grown('the heap of the worker', before.worker, after.worker, NOISE),
    ...grown('buffers of the GPU', before.count, after.count, 0),
    ...grown('bytes of the GPU', before.bytes, after.bytes, 0),
    // What is counted is there: who looks at nothing sees nothing grow.
    ...(after.worker > 0 === (engine === 'worker') ? [] : [`found a heap of the worker of ${after.worker}`]),
    ...(after.count > 0 === (engine === 'webgpu') ? [] : [`found ${after.count} buffers of the GPU`]),
    ...([...engines].join() === engine
      ? []
      : [`found answers of ${[...engines].join(', ')}, wanted ${engine} alone`]),
  ];
  return {
    subject: engine,
    seconds: (performance.now() - began) / 1000,
    figures: {
      shelves,
      visits: 1,
      'heap before, MB': (before.page + before.worker) / 1e6,
      'heap after, MB': (after.page + after.worker) / 1e6,
      'GPU buffers before': before.count,
      'GPU buffers after': after.count,
      'database before, MB': 0,
      'database after, MB': 0,
      'nodes before': 0,
      'nodes after': 0,
    },
    broken,
  };
}

/** Browses a shop whose items change, visit after visit in one browser, which keeps model, pages and profile. */
async function browsed({ onEnd, signal, tell }: Budget, seconds: number): Promise<SoakRow> {
  const model = await serveModel(ITEMS);
  onEnd(model.close);
  const shop = await openTestShop();
  onEnd(shop.close);
  const opened = await openPage<Offered>('soak/page.html');
  onEnd(opened.close);
  const { offered, page } = opened;
  const devtools = await page.context().newCDPSession(page);
  const began = performance.now();
  let [shelves, visits, changes] = [0, 0, 0];
  const visit = async (): Promise<{ heap: number; nodes: number; stored: number }> => {
    await offered((on, url, kv) => on.visit(url, kv, 'cpu'), model.url, shop.kv);
    await shop.put([{ id: `new ${changes++ % 20}`, category: ['Food'], price: changes }]);
    shelves += await offered((on, products) => on.browse(products), VISIT);
    visits++;
    const measured = await measure(devtools);
    const stored = await offered((on) => on.stored());
    await offered((on) => on.leave());
    await page.reload();
    await page.waitForFunction('globalThis.offered !== undefined');
    return { ...measured, stored };
  };
  const all = [];
  while (all.length < 6 || performance.now() - began < seconds * 1000) {
    signal.throwIfAborted();
    all.push(await visit());
    if (visits % 20 === 0) tell(`${shelves} shelves in ${visits} visits`);
    await pause(0);
  }
  await opened.close();
  const third = Math.ceil(all.length / 3);
  // The first visits learn what the device keeps.
  const before = leastOf(all.slice(1, 1 + third));
  const after = leastOf(all.slice(-third));
  return {
    subject: 'browsing, cpu',
    seconds: (performance.now() - began) / 1000,
    figures: {
      shelves,
      visits,
      'heap before, MB': before.heap / 1e6,
      'heap after, MB': after.heap / 1e6,
      'GPU buffers before': 0,
      'GPU buffers after': 0,
      'database before, MB': before.stored / 1e6,
      'database after, MB': after.stored / 1e6,
      'nodes before': before.nodes,
      'nodes after': after.nodes,
    },
    broken: [
      ...grown('the heap', before.heap, after.heap, NOISE),
      ...grown('the database', before.stored, after.stored, DATABASE_NOISE),
      ...grown('nodes of the document', before.nodes, after.nodes, 100),
    ],
  };
}

async function measure(devtools: CDPSession): Promise<{ heap: number; nodes: number }> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes } = await devtools.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes };
}

/** The least of each of some measurements: what is free may not yet have been collected. */
function leastOf<T extends Record<string, number>>(all: readonly T[]): T {
  const names = Object.keys(all[0]!);
  return Object.fromEntries(names.map((name) => [name, Math.min(...all.map((each) => each[name]!))])) as T;
}

function grown(what: string, before: number, after: number, may: number): string[] {
  const more = after - before;
  return more > may
    ? [`${what} grew by ${more.toLocaleString('en')}, wanted ${may.toLocaleString('en')} at most`]
    : [];
}
