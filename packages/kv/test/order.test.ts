import * as fc from 'fast-check';
import { type ItemsAnswer, pageOf } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { memoryStore, type Store } from '../src/index.ts';
import { openShop, type Shop } from '../src/shop/openShop.ts';
import { type MortalStore, mortalStore } from './mortalStore.ts';

/** Several services on one store: what they write, and what a browser sees that asks now one of them, now another. */

const PAGES = 4;
const NO_SEEDS = { live: new Map(), pairs: new Map() };
const price = (id: string, price: number): { id: string; price: number }[] => [{ id, price }];

function open(store: Store, report: (error: unknown) => void = () => {}): Promise<Shop> {
  return openShop(store, PAGES, () => 1_000, report);
}

/** A browser: it asks for changes, and fetches the pages that are named. */
function browser(): {
  ask(shop: Shop): Promise<void>;
  prices(): Record<string, unknown>;
} {
  let revision = 0;
  const pages = new Map<number, Record<string, unknown>>();
  return {
    async ask(shop) {
      await shop.reach(revision);
      const answer = shop.changes(revision);
      expect(answer.revision).toBeGreaterThanOrEqual(revision);
      for (const [k, page] of answer.changed.entries()) {
        const { revision: found, items } = await shop.page(page);
        expect(found).toBeGreaterThanOrEqual(answer.revisions[k]!);
        pages.set(page, Object.fromEntries(items.map(({ item }) => [item.id, item.price])));
      }
      revision = answer.revision;
    },
    prices: () => Object.assign({}, ...pages.values()) as Record<string, unknown>,
  };
}

describe('services on one store', () => {
  it('learn what another one wrote', async () => {
    const store = memoryStore();
    const [one, other] = [await open(store), await open(store)];
    await one.put(price('a', 1), NO_SEEDS);
    expect(other.size()).toBe(0);
    await other.follow();
    expect(other.changes(1_000)).toEqual({
      revision: 1_001,
      pages: PAGES,
      changed: [pageOf('a', PAGES)],
      revisions: [1_001],
      live: 1_001,
    });
    expect(other.size()).toBe(1);
  });

  it('write one after the other, each on what the one before left', async () => {
    const store = memoryStore();
    const shops = [await open(store), await open(store), await open(store)];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        shops[i % 3]!.put([{ id: `${i}` }, ...price('shared', i)], NO_SEEDS),
      ),
    );
    const revisions = answers.map(({ revision }) => revision).toSorted((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 30 }, (_, i) => 1_001 + i));
    for (const shop of shops) {
      await shop.follow();
      expect(shop.size()).toBe(31);
    }
  });

  it('tell those who listen of what another one wrote', async () => {
    const store = memoryStore();
    const [one, other] = [await open(store), await open(store)];
    const heard: number[] = [];
    const stop = other.watch(() => heard.push(other.revision()));
    await one.put(price('a', 1), NO_SEEDS);
    await other.follow();
    stop();
    await one.put(price('a', 2), NO_SEEDS);
    await other.follow();
    expect(heard).toEqual([1_001]);
  });

  it('never deny what a browser saw at another one', async () => {
    const store = memoryStore();
    const [one, other] = [await open(store), await open(store)];
    const { revision } = await one.put(price('a', 1), NO_SEEDS);
    await other.reach(revision);
    expect(other.changes(revision)).toMatchObject({ revision, changed: [] });
  });

  it('catch up with more than the log keeps', async () => {
    const store = memoryStore();
    const [one, other] = [await open(store), await open(store)];
    for (let i = 0; i < 700; i++) await one.put(price(`${i % 7}`, i + 1), NO_SEEDS);
    await one.close();
    let steps = 0;
    for await (const step of store.scan('log')) steps += Number(step !== undefined);
    expect(steps).toBeLessThan(400);
    await other.follow();
    expect(other.revision()).toBe(one.revision());
    expect(other.size()).toBe(7);
  });

  it('start anew where the store was emptied under them', async () => {
    const store = memoryStore();
    const shop = await open(store);
    const { revision } = await shop.put(price('a', 1), NO_SEEDS);
    await shop.close();
    for (const group of ['shop', 'pages', 'log', `item/${pageOf('a', PAGES)}`])
      for await (const [name] of store.scan(group)) await store.deleteMany([[group, name]]);
    await shop.follow();
    expect(shop.size()).toBe(0);
    expect((await shop.put(price('b', 1), NO_SEEDS)).revision).toBeGreaterThan(revision);
  });
});

describe('a deleted item', () => {
  it('is forgotten after an hour, and not where it is put again meanwhile', async () => {
    const store = memoryStore();
    let time = 1_000;
    let scanned = (): void => {};
    let resume = (): void => {};
    const paused: Store = {
      ...store,
      async *scan(group) {
        const going = new Promise<void>((resolve) => (resume = resolve));
        yield* store.scan(group);
        scanned();
        if (group === `item/${pageOf('a', 1)}` && time > 1_000) await going;
      },
    };
    const shop = await openShop(
      paused,
      1,
      () => time,
      () => {},
    );
    await shop.put([{ id: 'a' }, { id: 'b' }], NO_SEEDS);
    await shop.remove(['a', 'b']);
    time += 7_200;
    const looked = new Promise<void>((resolve) => (scanned = resolve));
    const ageing = shop.age();
    await looked;
    const again = shop.put([{ id: 'b' }], NO_SEEDS);
    // As much time as a put takes that waits for nothing.
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    resume();
    await Promise.all([ageing, again]);
    expect(await itemsOf(shop, ['a', 'b'])).toMatchObject({ items: [{ item: { id: 'b' } }], missing: ['a'] });
    expect(
      await store.getMany([
        ['item/0', 'a'],
        ['pairs/0', 'a'],
      ]),
    ).toEqual([undefined, undefined]);
  });
});

describe('a write that breaks off', () => {
  it('is finished by the next write of the same service', async () => {
    const mortal = mortalStore(memoryStore());
    const shop = await open(mortal);
    await shop.put([{ id: 'a' }, { id: 'b' }], NO_SEEDS);
    await shop.close();
    // The step is in the log, and none of its records in its place.
    mortal.dieAfter(2);
    await shop.remove(['a']);
    expect((await shopItems(mortal, shop)).missing).toEqual([]);
    await shop.put([{ id: 'c' }], NO_SEEDS);
    expect((await shopItems(mortal, shop)).missing).toEqual(['a']);
    expect(shop.size()).toBe(2);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20])(
    'after %i steps is done wholly or not at all at the next start',
    async (steps) => {
      const store = memoryStore();
      const before = await open(store);
      await before.put([...price('a', 1), ...price('b', 1), { id: 'c' }], NO_SEEDS);
      await before.close();
      const mortal = mortalStore(store);
      const shop = await open(mortal);
      mortal.dieAfter(steps);
      const put = await shop
        .put([...price('a', 2), ...price('b', 2), { id: 'd' }], NO_SEEDS)
        .catch(() => undefined);
      const after = await open(store);
      const { items } = await itemsOf(after, ['a', 'b', 'd']);
      const done = items.length === 3;
      expect(items.map(({ item }) => item.price)).toEqual(done ? [2, 2, undefined] : [1, 1]);
      expect(after.size()).toBe(done ? 4 : 3);
      if (put !== undefined) expect(done).toBe(true);
    },
  );

  it('is finished by another service that finds it so for a while', async () => {
    const store = memoryStore();
    const mortal = mortalStore(store);
    const [one, other] = [await open(mortal), await open(store)];
    mortal.dieAfter(3);
    await one.put(price('a', 1), NO_SEEDS);
    await other.follow();
    expect(other.size()).toBe(0);
    for (let i = 0; i < 3; i++) await other.follow();
    expect(other.size()).toBe(1);
    expect((await itemsOf(other, ['a'])).items[0]!.item.price).toBe(1);
  });

  it('is not counted twice by who tries again', async () => {
    const store = memoryStore();
    const mortal = mortalStore(store);
    const shop = await open(mortal);
    await shop.put(price('a', 1), NO_SEEDS);
    await shop.close();
    mortal.dieAfter(4);
    const counted = new Map([['a', { counts: [1, 1, 1], time: 1_000 }]]);
    const part = { segment: 's', from: 0, to: 7 };
    await shop.addCounts(counted, new Map(), part);
    mortal.dieAfter(Infinity);
    expect(await shop.addCounts(counted, new Map(), part)).toBe(7);
    const again = await open(memoryStore());
    await again.put(price('a', 1), NO_SEEDS);
    expect(await again.addCounts(counted, new Map(), part)).toBe(7);
    const [one, other] = [await itemsOf(shop, ['a']), await itemsOf(again, ['a'])];
    expect(one.items[0]!.live).toEqual(other.items[0]!.live);
  });

  it('does not undo what came after it, however late it wakes up', async () => {
    const store = memoryStore();
    const late = mortalStore(store);
    const [one, other] = [await open(late), await open(store)];
    let resume = (): void => {};
    const asleep = new Promise<void>((resolve) => (resume = resolve));
    const { putMany } = late;
    late.putMany = async (entries, version) => {
      if (entries.some(([[group]]) => group.startsWith('item/'))) await asleep;
      return await putMany(entries, version);
    };
    const slow = one.put(price('a', 1), NO_SEEDS);
    await expect.poll(() => store.getMany([['log', '2']])).not.toEqual([undefined]);
    await other.put(price('a', 2), NO_SEEDS);
    await other.remove(['a']);
    resume();
    await slow;
    await one.follow();
    for (const shop of [one, other, await open(store)]) {
      expect((await itemsOf(shop, ['a'])).missing).toEqual(['a']);
      expect(shop.size()).toBe(0);
    }
  });
});

async function shopItems(store: MortalStore, shop: Shop): Promise<ItemsAnswer> {
  store.dieAfter(Infinity);
  return await itemsOf(shop, ['a', 'b']);
}

describe('whatever services write, die and come back', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const action = fc.record({
    service: fc.nat(2),
    id: fc.constantFrom(...ids),
    removes: fc.boolean(),
    dies: fc.option(fc.nat(12), { freq: 3 }),
    asks: fc.nat(2),
    waits: fc.boolean(),
  });

  it('no acknowledged write is lost, and changes name all in order', () =>
    fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 40 }), fc.nat(), async (actions, seed) => {
        const store = memoryStore();
        const pause = pauses(seed);
        const stores = ids.slice(0, 3).map(() => mortalStore(store, pause));
        const shops = await Promise.all(stores.map((each) => open(each)));
        const seen = browser();
        /** By id, the prices that it may have in the end: of its last acknowledged write, or one that came later. */
        const possible = new Map<string, Set<number | undefined>>(
          ids.map((id) => [id, new Set([undefined])]),
        );
        let writing: Promise<void>[] = [];
        for (const [i, { service, id, removes, dies, asks, waits }] of actions.entries()) {
          if (dies !== null) stores[service]!.dieAfter(dies);
          const wanted = removes ? undefined : i;
          const earlier = [...writing];
          const shop = shops[service]!;
          writing.push(
            (async () => {
              // Writes of one id wait for each other: else nobody could say which is the later one.
              await Promise.all(earlier);
              possible.get(id)!.add(wanted);
              try {
                await (removes ? shop.remove([id]) : shop.put(price(id, i), NO_SEEDS));
                possible.set(id, new Set([wanted]));
              } catch {
                // Not acknowledged: it may be there or not.
              }
            })(),
          );
          if (waits || dies !== null) {
            await Promise.all(writing);
            writing = [];
          }
          if (dies !== null) {
            stores[service] = mortalStore(store, pause);
            shops[service] = await open(stores[service]);
          }
          await seen.ask(shops[asks]!);
          await shops[asks]!.follow();
        }
        await Promise.all(writing);
        await Promise.all(shops.map((shop) => shop.close()));
        const last = await open(store);
        await seen.ask(last);
        const prices = seen.prices();
        const { items } = await itemsOf(last, ids);
        expect(prices).toEqual(Object.fromEntries(items.map(({ item }) => [item.id, item.price])));
        for (const id of ids) expect([...possible.get(id)!]).toContain(prices[id]);
        expect(last.size()).toBe(items.length);
      }),
      { numRuns: 60 },
    ));
});

/** Turns of the event loop that a step takes, 0 to 3, as a seed has it. */
function pauses(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 30;
  };
}

async function itemsOf(shop: Shop, ids: readonly string[]): Promise<ItemsAnswer> {
  return JSON.parse(await shop.items(ids)) as ItemsAnswer;
}
