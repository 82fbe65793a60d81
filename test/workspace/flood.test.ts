import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { EVENT_LIMITS, type EventLimits, memoryStore, startService } from '../../packages/kv/src/index.ts';
import { decodeLive, type ItemsAnswer, STRANGER } from '../../packages/model/src/index.ts';
import { evershelf } from '../../packages/sdk/src/index.ts';
import { publish } from '../../packages/trainer/src/commands/publish.ts';
import {
  buildArtifact,
  readShop,
  TRAIN_DEFAULTS,
  trainModel,
  withWorkers,
} from '../../packages/trainer/src/index.ts';
import { seededRandom } from '../../packages/trainer/src/train/random.ts';

/** When the log ends, and the shop opens. */
const OPENS = 1_760_000_000;
const [ITEMS, DEPARTMENTS, SESSIONS] = [80, 4, 900];
const DAY = 86_400;
/** The least wanted item, and one of its department that a shopper looks at. */
const [PUSHED, SEEN] = [`item ${ITEMS - 1}`, `item ${DEPARTMENTS - 1}`];
const FLOOD = 6000;
/** All that bounds what one address does to the counters. */
const LIFTED = { itemsPerSession: 1e9, countsPerItem: 1e9, countsPerPair: 1e9, countsPerHour: 1e9 };

let folder: string;
let server: Server;

/** A shop in which few items are wanted much, as in most, and sessions stay in their department. */
function made(): { events: string; items: string } {
  const random = seededRandom(11);
  const events: { timestamp: number; session_id: string; item_id: string }[] = [];
  for (let session = 0; session < SESSIONS; session++) {
    const time = OPENS - 30 * DAY * random();
    const department = Math.floor(random() * DEPARTMENTS);
    for (let k = 0; k < 5; k++) {
      const place = Math.floor((ITEMS / DEPARTMENTS) * random() ** 3);
      const item_id = `item ${department + DEPARTMENTS * place}`;
      events.push({ timestamp: time + 60 * k, session_id: `s${session}`, item_id });
    }
  }
  const items = Array.from({ length: ITEMS }, (_, i) => ({
    id: `item ${i}`,
    title: `Thing ${i}`,
    category: [`Department ${i % DEPARTMENTS}`],
  }));
  const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  return { events: lines(events.toSorted((a, b) => a.timestamp - b.timestamp)), items: lines(items) };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evershelf-flood-'));
  const { events, items } = made();
  const [log, catalogue] = [join(folder, 'events.jsonl'), join(folder, 'items.jsonl')];
  await Promise.all([writeFile(log, events), writeFile(catalogue, items)]);
  const shop = await readShop({ events: [log], items: [catalogue], map: {} });
  const options = { ...TRAIN_DEFAULTS, epochs: 2, dim: 16, rows: 1024, headEvents: 300 };
  const model = await withWorkers(2, (workers) =>
    trainModel(workers, shop.log, shop.log.count, shop.items, shop.schema, options, () => {}),
  );
  // So small a shop learns nothing of its pairs that its edges do not say: a head is to read what a flood can move.
  const mixed = { ...model.heads.mixed, pairs: 2 };
  const reading = { ...model, heads: { ...model.heads, mixed } };
  await mkdir(join(folder, 'model'));
  for (const [name, bytes] of await buildArtifact(shop.log, shop.items, reading, options))
    await writeFile(join(folder, 'model', name), bytes);
  server = createServer((request, response) => {
    readFile(join(folder, new URL(request.url!, 'http://localhost').pathname)).then(
      (body) => response.end(body),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}, 60_000);

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

/** What shoppers see of the shop, and what somebody sends to it. */
interface Played {
  /** Shelves of ten for a stranger and for who looked at an item, ids best first. */
  shelves(): Promise<string[][]>;
  /** Sends events from an address, as fast as it may; how many were taken. */
  flood(count: number, event: (k: number) => object, address?: string): Promise<number>;
  live(id: string): Promise<number[]>;
}

async function open(limits: Partial<EventLimits> = {}): Promise<Played> {
  let now = OPENS;
  let pairsRead = 0;
  const service = await startService({
    store: memoryStore(),
    token: 'secret',
    port: 0,
    now: () => now,
    flushSeconds: 1e6,
    clientHeader: 'x-client',
    limits,
    answered: ({ route }) => (pairsRead += route === '/v1/pairs/:page' ? 1 : 0),
  });
  onTestFinished(() => service.close());
  vi.spyOn(console, 'log').mockImplementation(() => {});
  await publish({ artifact: join(folder, 'model'), to: service.url, token: 'secret', map: {} });
  const { port } = server.address() as AddressInfo;
  const live = async (id: string): Promise<number[]> => {
    await service.flush();
    const answer = await fetch(`${service.url}/v1/items?id=${encodeURIComponent(id)}`);
    return ((await answer.json()) as ItemsAnswer).items[0]!.live?.slice() ?? [0, 0, 0];
  };
  return {
    async shelves() {
      await service.flush();
      const shelf = await evershelf({
        model: `http://127.0.0.1:${port}/model`,
        kv: service.url,
        engine: 'cpu',
        now: () => now * 1000,
      });
      await vi.waitFor(() => expect(shelf.status().byFreshness.fresh).toBe(ITEMS), 5000);
      await vi.waitFor(() => expect(shelf.status().complete).toBe(true), 5000);
      // Counters come after the pages: until they are here a shelf is as it was before, whatever was counted.
      const served = STRANGER.live20 * decodeLive((await live(PUSHED))[2]!);
      await vi.waitFor(() => expect(shelf.explain(PUSHED)!.signals.live20).toBeCloseTo(served, 5), 5000);
      const ask = async (): Promise<string[]> =>
        (await shelf.recommend({ k: 10, deadline: 5000 })).items.map(({ item }) => item.id);
      const stranger = await ask();
      shelf.track({ item: SEEN, kind: 'view' });
      // The pairs of what was seen are learnt with the first question.
      const before = pairsRead;
      await ask();
      await vi.waitFor(() => expect(pairsRead).toBeGreaterThan(before), 5000);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const visitor = await ask();
      shelf.close();
      return [stranger, visitor];
    },
    async flood(count, event, address = '203.0.113.9') {
      let taken = 0;
      for (let at = 0; at < count; at += 200) {
        const events = Array.from({ length: 200 }, (_, k) => event(at + k));
        const answer = await fetch(`${service.url}/v1/events`, {
          method: 'POST',
          headers: { 'x-client': address },
          body: JSON.stringify({ events }),
        });
        if (answer.status === 202) taken += ((await answer.json()) as { accepted: number }).accepted;
        // As fast as the limits of a minute allow.
        else now += 5;
      }
      return taken;
    },
    live,
  };
}

const KINDS = ['view', 'cart', 'purchase'];
const pushing = (k: number, more: object): object => ({
  item: PUSHED,
  kind: KINDS[k % KINDS.length],
  after: [{ item: SEEN, age: 0 }],
  quantity: 1000,
  ...more,
});

describe('events', { timeout: 60_000 }, () => {
  it('move a shelf, where nothing bounds them', async () => {
    const shop = await open(LIFTED);
    const before = await shop.shelves();
    await shop.flood(FLOOD, (k) => pushing(k, { session: `s${k}` }));
    const after = await shop.shelves();
    for (const [i, shelf] of after.entries()) {
      expect(before[i]).not.toContain(PUSHED);
      expect(shelf.indexOf(PUSHED)).toBeGreaterThanOrEqual(0);
      expect(shelf.indexOf(PUSHED)).toBeLessThan(5);
    }
  });

  it.each<[string, (k: number) => object]>([
    ['one session', (k) => pushing(k, { session: 'one' })],
    ['many invented sessions', (k) => pushing(k, { session: `s${k}` })],
    ['no session', (k) => pushing(k, {})],
    ['sessions of one shopper', (k) => pushing(k, { session: `s${k}`, shopper: 'me' })],
    ['kinds of their own', (k) => pushing(k, { session: `s${k}`, kind: `kind ${k}` })],
    ['clicks and impressions', (k) => pushing(k, { session: `s${k}`, kind: k % 2 ? 'click' : 'impression' })],
    ['times ahead', (k) => pushing(k, { session: `s${k}`, time: OPENS + (k % 2 === 0 ? DAY - 100 : 1e9) })],
    ['times behind', (k) => pushing(k, { session: `s${k}`, time: OPENS - (k % 2 === 0 ? DAY - 3600 : 1e9) })],
    [
      'what is wanted, as if it was taken with it',
      (k) => ({
        item: SEEN,
        kind: 'view',
        session: `s${k}`,
        after: [{ item: PUSHED, age: 0 }],
      }),
    ],
  ])('leave a shelf in its order, 6,000 from one address: %s', async (_, event) => {
    const shop = await open();
    const before = await shop.shelves();
    expect(await shop.flood(FLOOD, event)).toBeGreaterThan(2000);
    expect(await shop.shelves()).toEqual(before);
  });

  it('of a clock that is ahead leave the counters of others as they were', async () => {
    const shop = await open();
    const before = await shop.live(SEEN);
    await shop.flood(200, (k) => ({ item: SEEN, kind: 'view', session: `s${k}`, time: OPENS + DAY - 1 }));
    const after = await shop.live(SEEN);
    for (const [h, byte] of after.entries()) expect(byte).toBeGreaterThanOrEqual(before[h]!);
  });

  it('of many addresses are bounded by so much for each of them', async () => {
    const shop = await open();
    const count = (byte: number): number => Math.expm1(decodeLive(byte));
    for (let k = 0; k < 20; k++)
      await shop.flood(400, (j) => pushing(j, { session: `s${k} ${j}` }), `198.51.100.${k}`);
    const [live1] = await shop.live(PUSHED);
    expect(count(live1!)).toBeLessThan(1.1 * 20 * EVENT_LIMITS.countsPerItem);
  });
});
