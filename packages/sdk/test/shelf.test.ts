import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { FILES, itemPrior, makeQuery, readArtifact, referenceScores, scoreTolerance } from '@evershelf/model';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { evershelf, type Shelf, type ShelfOptions } from '../src/index.ts';
import { openTestShop, type TestShop } from './testShop.ts';

let shop: TestShop;
let shelves: Shelf[];

beforeEach(async () => {
  shop = await openTestShop();
  shelves = [];
});

afterEach(async () => {
  for (const shelf of shelves) shelf.close();
  await shop.close();
  globalThis.indexedDB = new IDBFactory();
});

async function open(options: Partial<ShelfOptions> = {}): Promise<Shelf> {
  const shelf = await evershelf({ model: shop.model, kv: shop.kv, engine: 'cpu', refresh: 20, ...options });
  shelves.push(shelf);
  return shelf;
}

const learnt = (shelf: Shelf): Promise<void> =>
  vi.waitFor(() => expect(shelf.status().byFreshness.fresh).toBe(shelf.status().items), { timeout: 5000 });

const ids = ({ items }: Awaited<ReturnType<Shelf['recommend']>>): string[] =>
  items.map(({ item }) => item.id);

describe('recommend', () => {
  it('ranks the whole catalogue as the reference scorer does', async () => {
    const shelf = await open({ kv: '' });
    shelf.track({ item: shop.items[7]!, kind: 'view' });
    const { items } = await shelf.recommend({ k: 1000 });

    const artifact = await readArtifact(async (name) => shop.files.get(name)!);
    const { tables, index, manifest, catalogue } = artifact;
    const weights = manifest.heads.mixed;
    const rows = index.rows.subarray(index.offsets[7], index.offsets[8]);
    const query = makeQuery({ ...artifact, ...manifest }, weights, [{ item: 7, rows, age: 0 }], []);
    const expected = referenceScores(tables, index, itemPrior(index, weights), query);
    expect(items).toHaveLength(catalogue.ids.length);
    for (const { item, score } of items) {
      const reference = expected[catalogue.ids.indexOf(item.id)]!;
      expect(Math.abs(score - reference)).toBeLessThanOrEqual(scoreTolerance(reference));
    }
    expect(items.map(({ score }) => score)).toEqual(
      items.map(({ score }) => score).toSorted((a, b) => b - a),
    );
  });

  it('hands over what a card needs', async () => {
    const shelf = await open();
    await learnt(shelf);
    const { items, engine, milliseconds, revision } = await shelf.recommend({ k: 3 });
    expect(items).toHaveLength(3);
    for (const { item, rung, freshness } of items) {
      expect(item).toEqual(shop.items.find(({ id }) => id === item.id));
      expect(rung).toBe(Number(item.id.split(' ')[1]) < 50 ? 'known' : 'attributes');
      expect(freshness).toBe('fresh');
    }
    expect(engine).toBe('cpu');
    expect(milliseconds).toBeGreaterThan(0);
    expect(revision).toBeGreaterThan(0);
  });

  it('leaves out what is excluded, filtered, looked at, out of stock or out of the shop', async () => {
    const [excluded, looked, sold, dropped] = shop.items;
    await shop.put([{ ...sold!, inStock: false }]);
    await shop.remove([dropped!.id]);
    const shelf = await open();
    await learnt(shelf);
    const found = ids(
      await shelf.recommend({
        k: 1000,
        exclude: [excluded!.id, 'nobody knows'],
        context: looked!.id,
        filter: ({ brand }) => brand !== 'Brand 4',
      }),
    );
    const expected = shop.items.slice(4).filter(({ brand }) => brand !== 'Brand 4');
    expect(found.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  });

  it('ranks the candidates alone where asked to', async () => {
    const shelf = await open({ kv: '' });
    const candidates = [shop.items[3]!, { id: 'stranger', category: ['Food', 'Fruit'] }];
    const found = ids(await shelf.recommend({ candidates, only: true }));
    expect(found.toSorted()).toEqual(candidates.map(({ id }) => id).toSorted());
  });

  it.each([
    [{ k: 0 }, 'k: found 0, wanted a whole number from 1 to 1000'],
    [{ k: 2.5 }, 'k: found 2.5'],
    [{ deadline: -1 }, 'deadline: found -1'],
    [{ deadline: NaN }, 'deadline: found NaN'],
    [{ exclude: 'sku-1' }, 'exclude: found "sku-1", wanted a list or set of ids'],
    [{ filter: 'brand' as never }, 'filter: found "brand", wanted a function'],
    [{ candidates: { id: 'a' } as never }, 'candidates: found {"id":"a"}, wanted a list'],
    [{ candidates: [{ id: '' }] }, 'id: found "", wanted a text'],
    [{ context: { id: 'a', category: 'Food' as never } }, 'category: found "Food", wanted a path'],
  ])('refuses %j', async (options, message) => {
    const shelf = await open({ kv: '' });
    await expect(shelf.recommend(options)).rejects.toThrow(message);
  });

  it('rejects with the reason of its signal, and once the shelf is closed', async () => {
    const shelf = await open();
    const controller = new AbortController();
    const answer = shelf.recommend({ signal: controller.signal, candidates: [{ id: 'x' }], deadline: 5000 });
    controller.abort(new Error('gone'));
    await expect(answer).rejects.toThrow('gone');
    shelf.close();
    await expect(shelf.recommend()).rejects.toThrow('closed');
  });

  it('puts what the shopper looks at to use: its kin rises', async () => {
    const shelf = await open({ kv: '' });
    const before = await shelf.recommend({ k: 1000 });
    shelf.track({ item: shop.items[0]!, kind: 'view' });
    const after = await shelf.recommend({ k: 1000 });
    expect(ids(after)).not.toEqual(ids(before));
  });
});

describe('a product that the model never saw', () => {
  const arrival = { id: 'new', title: 'New', category: ['Food', 'Fruit'], brand: 'Brand 1', price: 3 };
  const known = { id: arrival.id, category: arrival.category };

  it('given its category alone, stands by the token of its leaf category, or of the deepest level that was trained', async () => {
    const shelf = await open({ kv: '' });
    const find = async (category: string[]) =>
      (await shelf.recommend({ k: 1000, candidates: [{ id: category.join(), category }] })).items.find(
        ({ item }) => item.id === category.join(),
      )!;
    expect(await find(['Food', 'Fruit'])).toMatchObject({ rung: 'category', token: 'unknown_food>fruit' });
    expect(await find(['Food', 'Cake'])).toMatchObject({ rung: 'category', token: 'unknown_food' });
    expect(await find(['Toys'])).toMatchObject({ rung: 'root', token: 'unknown' });
  });

  it('is found by its attributes within the deadline where the service knows it', async () => {
    const shelf = await open({ refresh: 0 });
    await learnt(shelf);
    await shop.put([arrival]);
    const { items } = await shelf.recommend({ candidates: [known], only: true, deadline: 5000 });
    expect(items[0]).toMatchObject({ item: arrival, rung: 'attributes', freshness: 'fresh' });
  });

  it('is not waited for beyond the deadline, and improves the shelf when its attributes come', async () => {
    const late: typeof fetch = async (input, init) => {
      if (String(input).includes('/v1/')) await new Promise((resolve) => setTimeout(resolve, 150));
      return await fetch(input, init);
    };
    const shelf = await open({ refresh: 0, fetch: late });
    await learnt(shelf);
    await shop.put([arrival]);
    const ask = (deadline: number) => shelf.recommend({ candidates: [known], only: true, deadline });
    let second: Awaited<ReturnType<typeof ask>> | undefined;
    const first = await ask(20);
    shelf.on('improved', async () => (second = await ask(0)));
    expect(first.milliseconds).toBeLessThan(140);
    expect(first.items[0]).toMatchObject({ rung: 'category', token: 'unknown_food>fruit' });
    await vi.waitFor(() =>
      expect(second?.items[0]).toMatchObject({ item: arrival, rung: 'attributes', freshness: 'fresh' }),
    );
  });

  it('is waited for without end where the deadline is infinite', async () => {
    const late: typeof fetch = async (input, init) => {
      if (String(input).includes('/v1/')) await new Promise((resolve) => setTimeout(resolve, 60));
      return await fetch(input, init);
    };
    const shelf = await open({ refresh: 0, fetch: late });
    await learnt(shelf);
    await shop.put([arrival]);
    const { items } = await shelf.recommend({ candidates: [known], only: true, deadline: Infinity });
    expect(items[0]).toMatchObject({ item: arrival, rung: 'attributes', freshness: 'fresh' });
  });

  it('is learnt in the background once it is in the service', async () => {
    const shelf = await open();
    await learnt(shelf);
    await shop.put([arrival]);
    await vi.waitFor(async () => {
      expect(ids(await shelf.recommend({ k: 1000 }))).toContain('new');
    });
    expect(shelf.item('new')).toEqual(arrival);
  });

  it('counts in the history by its rung', async () => {
    const shelf = await open({ kv: '' });
    const before = await shelf.recommend({ k: 1000 });
    shelf.track({ item: known, kind: 'view' });
    const after = await shelf.recommend({ k: 1000 });
    expect(ids(after)).not.toEqual(ids(before));
    expect(ids(after)).not.toContain('new');
  });
});

describe('what a page shows', () => {
  it('can be asked for again when its attributes are confirmed, though none of them changed', async () => {
    const shelf = await open({ refresh: 0 });
    let shown = (await shelf.recommend()).items;
    shelf.on('improved', async () => {
      shown = (await shelf.recommend()).items;
    });
    await vi.waitFor(() => expect(shown.map(({ freshness }) => freshness)).toEqual(Array(8).fill('fresh')));
  });
});

describe('with the network gone', () => {
  it('a page goes on, and says of each item that it is offline', async () => {
    const shelf = await open();
    await learnt(shelf);
    let told = 0;
    shelf.on('network', () => told++);
    shelf.offline(true);
    const { items } = await shelf.recommend({ candidates: [{ id: 'new', category: ['Food'] }], k: 1000 });
    expect(items.every(({ freshness }) => freshness === 'offline')).toBe(true);
    expect(items.find(({ item }) => item.id === 'new')).toMatchObject({ token: 'unknown_food' });
    expect(shelf.status()).toMatchObject({ offline: true });
    shelf.offline(false);
    await vi.waitFor(async () => expect((await shelf.recommend()).items[0]!.freshness).toBe('fresh'));
    expect(told).toBe(2);
  });

  it('a request that was dropped on the way offline does not take the page off again', async () => {
    let late: (() => void) | undefined;
    const shelf = await open({
      fetch: async (input, init) => {
        if (late === undefined) return await fetch(input, init);
        return await new Promise((_, reject) => {
          late = () => reject(new DOMException('dropped', 'AbortError'));
        });
      },
    });
    await learnt(shelf);
    const told: boolean[] = [];
    shelf.on('network', () => told.push(shelf.status().offline));
    const before = shelf.status().network.requests;
    late = () => undefined;
    await vi.waitFor(() => expect(shelf.status().network.requests).toBeGreaterThan(before));
    const drop = late;
    shelf.offline(true);
    shelf.offline(false);
    drop();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told).toEqual([true, false]);
  });

  it('a service that dies is noticed, and noticed again when it is back', async () => {
    let dead = false;
    const shelf = await open({
      fetch: async (input, init) => {
        if (dead) throw new TypeError('network is down');
        return await fetch(input, init);
      },
    });
    await learnt(shelf);
    dead = true;
    await vi.waitFor(() => expect(shelf.status().offline).toBe(true));
    expect((await shelf.recommend()).items[0]!.freshness).toBe('offline');
    expect(shelf.status().lastError).toContain('found no answer (network is down)');
    dead = false;
    await vi.waitFor(() => expect(shelf.status().offline).toBe(false));
  });

  it('a returning visit has model, pages and attributes from the device', async () => {
    await shop.put([
      { ...shop.items[0]!, title: 'Renamed' },
      { id: 'new', category: ['Food'], brand: 'Brand 2' },
    ]);
    const first = await open();
    await learnt(first);
    const shelf = await first.recommend({ k: 1000 });
    first.close();

    const second = await open({
      fetch: async () => {
        throw new TypeError('no network');
      },
    });
    expect(second.status().cache).toMatchObject({ model: true, persistent: true });
    expect(second.status().cache.pages).toBeGreaterThan(0);
    const again = await second.recommend({ k: 1000 });
    expect(ids(again)).toEqual(ids(shelf));
    expect(second.item(shop.items[0]!.id)!.title).toBe('Renamed');
    await vi.waitFor(async () => expect((await second.recommend()).items[0]!.freshness).toBe('offline'));
  });
});

describe('the metadata service', () => {
  it('is asked for changed pages alone on a returning visit', async () => {
    const first = await open();
    await learnt(first);
    const all = first.status().network.requests;
    first.close();
    await shop.put([{ ...shop.items[0]!, price: 99 }]);
    const second = await open({ refresh: 0 });
    await learnt(second);
    expect(second.item(shop.items[0]!.id)!.price).toBe(99);
    expect(second.status().network.requests).toBeLessThanOrEqual(3);
    expect(all).toBeGreaterThan(20);
  });

  it('may start over: a shop that was made anew is learnt anew', async () => {
    const first = await open();
    await learnt(first);
    first.close();
    const other = await openTestShop();
    // Behind the same address as before, as after a lost disk.
    const shelf = await open({
      fetch: (input, init) => fetch(String(input).replace(shop.kv, other.kv), init),
    });
    await other.put([{ id: 'other', category: ['Food'] }]);
    await vi.waitFor(() => expect(shelf.item('other')).toBeDefined());
    await learnt(shelf);
    shelf.close();
    await other.close();
  });

  it('that answers nonsense changes nothing', async () => {
    const shelf = await open({
      fetch: async (input, init) =>
        String(input).includes('/v1/') ? new Response('<html>') : await fetch(input, init),
    });
    await vi.waitFor(() => expect(shelf.status().lastError).toContain('no JSON'));
    expect((await shelf.recommend()).items[0]!.freshness).toBe('stale');
  });
});

describe('a shelf for an intent', () => {
  const bought = ['item 4 ü', 'item 9 ü', 'item 20 ü'];
  const shopper = async (): Promise<Shelf> => {
    const shelf = await open({ kv: '' });
    for (const item of bought) shelf.track({ item, kind: 'purchase' });
    return shelf;
  };

  it('discovers nothing that the shopper had', async () => {
    const found = ids(await (await shopper()).recommend({ k: 1000, intent: 'discover' }));
    expect(found).toHaveLength(shop.items.length - bought.length);
    expect(found).not.toEqual(expect.arrayContaining([bought[0]]));
  });

  it('shows only that again', async () => {
    const found = ids(await (await shopper()).recommend({ k: 1000, intent: 'again' }));
    expect(found.toSorted()).toEqual(bought.toSorted());
  });

  it('mixes both unless told', async () => {
    expect(ids(await (await shopper()).recommend({ k: 1000 }))).toHaveLength(shop.items.length);
  });

  it('is refused for another purpose', async () => {
    await expect((await open()).recommend({ intent: 'sell' as 'mixed' })).rejects.toThrow(
      'intent: found "sell", wanted one of mixed, discover, again',
    );
  });
});

describe('a stranger', () => {
  it('is shown what sells', async () => {
    const shelf = await open({ kv: '' });
    const { index, catalogue } = await readArtifact(async (name) => shop.files.get(name)!);
    const sold = ids(await shelf.recommend({ k: 1000 })).map(
      (id) => index.live[3 * catalogue.ids.indexOf(id) + 2]!,
    );
    expect(sold).toEqual(sold.toSorted((a, b) => b - a));
  });
});

describe('explain', () => {
  it('says for each item how its score adds up, by signal and by what the shopper did', async () => {
    const shelf = await open({ kv: '' });
    shelf.track({ item: 'item 4 ü', kind: 'purchase' });
    shelf.track({ item: { id: 'never heard of', category: ['Food'] }, kind: 'view' });
    const options = { context: 'item 7 ü', intent: 'discover' } as const;
    const { items } = await shelf.recommend({ k: 20, ...options });
    for (const { item, score } of items) {
      const why = shelf.explain(item.id, options)!;
      expect(why.score).toBeCloseTo(score, 3);
      expect(why.history.map((each) => each.item.id)).toEqual(['item 4 ü', 'never heard of', 'item 7 ü']);
      const { deep, match, wide } = why.signals;
      const shared = why.history.reduce((sum, { gave }) => sum + gave, why.anyone);
      expect(shared).toBeCloseTo(deep + match + wide, 3);
    }
  });

  it('knows nothing of an item that nobody does', async () => {
    expect((await open({ kv: '' })).explain('never heard of')).toBeUndefined();
  });
});

describe('the model', () => {
  it('is refused where a byte of it is wrong, by file, found and wanted', async () => {
    const bytes = shop.files.get('tables.safetensors')!;
    bytes[bytes.length >> 1]! ^= 1;
    await expect(open()).rejects.toThrow(/tables\.safetensors: found SHA-256 .*, wanted /);
  });

  it('is refused where it is not there', async () => {
    shop.files.clear();
    await expect(open()).rejects.toThrow(/manifest\.json: found status 404, wanted 200/);
  });

  it('comes from the device on the next visit, and a newer one is there for the visit after', async () => {
    const first = await open({ kv: '' });
    const { model } = first.status();
    await vi.waitFor(async () => expect((await indexedDB.databases()).length).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 50));
    first.close();

    const newer = await openTestShop(2);
    shop.files.clear();
    for (const [name, bytes] of newer.files) shop.files.set(name, bytes);
    await newer.close();
    shop.asked.length = 0;
    const second = await open({ kv: '' });
    expect(second.status()).toMatchObject({ model, cache: { model: true } });
    await vi.waitFor(() => expect(shop.asked).toHaveLength(1 + Object.keys(FILES).length + 1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    second.close();
    const third = await open({ kv: '' });
    expect(third.status().cache.model).toBe(true);
    expect(third.status().model).not.toBe(model);
  });

  it('is not loaded where its signal has fired', async () => {
    await expect(open({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
  });
});

describe('what is kept of a shopper', () => {
  it('is nothing by default: the next visit starts anew', async () => {
    const first = await open();
    first.track({ item: shop.items[0]!.id, kind: 'purchase' });
    expect(first.status().profile).toEqual({ events: 1, items: 1 });
    first.close();
    expect((await open()).status().profile).toEqual({ events: 0, items: 0 });
  });

  it('is the profile where the shopper agreed, until the shopper changes their mind', async () => {
    const first = await open({ consent: 'profile' });
    first.track([
      { item: shop.items[0]!.id, kind: 'purchase' },
      { item: shop.items[1]!.id, kind: 'view' },
    ]);
    const shelf = await first.recommend({ k: 1000 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    first.close();
    const second = await open({ consent: 'profile', kv: '' });
    expect(second.status().profile).toEqual({ events: 2, items: 1 });
    expect(ids(await second.recommend({ k: 1000 }))).toEqual(ids(shelf));
    second.close();
    const third = await open({ consent: 'cache', kv: '' });
    third.close();
    expect((await open({ consent: 'profile', kv: '' })).status().profile).toEqual({ events: 0, items: 0 });
  });

  it('is gone after forget', async () => {
    const first = await open({ consent: 'profile' });
    await learnt(first);
    first.track({ item: shop.items[0]!.id, kind: 'purchase' });
    await first.forget();
    expect(first.status()).toMatchObject({ profile: { events: 0, items: 0 }, cache: { persistent: false } });
    first.track({ item: shop.items[0]!.id, kind: 'purchase' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    first.close();
    const second = await open({ consent: 'profile' });
    expect(second.status()).toMatchObject({ profile: { events: 0 }, cache: { model: false, pages: 0 } });
  });

  it('does not leave the device', async () => {
    const bodies: unknown[] = [];
    const shelf = await open({
      fetch: async (input, init) => {
        bodies.push(init?.body, String(input));
        return await fetch(input, init);
      },
    });
    shelf.track({ item: shop.items[5]!.id, kind: 'purchase' });
    await learnt(shelf);
    expect(bodies.filter((body) => String(body).includes('item 5'))).toEqual([]);
  });
});

describe('options', () => {
  it.each([
    [{ model: '' }, 'model: found "", wanted the folder of an artifact'],
    [{ consent: 'yes' as never }, 'consent: found "yes", wanted one of none, cache, profile'],
    [{ engine: 'gpu' as never }, 'engine: found "gpu", wanted one of auto, cpu, webgpu'],
    [{ refresh: -1 }, 'refresh: found -1, wanted milliseconds from 0 to 86400000'],
    [{ refresh: Infinity }, 'refresh: found Infinity'],
    [{ kv: 5 as never }, 'kv: found 5'],
  ])('%j are refused', async (options, message) => {
    await expect(open(options)).rejects.toThrow(message);
  });

  it('an event without a kind is refused', async () => {
    const shelf = await open();
    expect(() => shelf.track({ item: 'a', kind: '' })).toThrow('kind: found ""');
    expect(() => shelf.track({ item: 'a', kind: 'view', quantity: 0 })).toThrow('quantity: found 0');
    expect(() => shelf.track('a' as never)).toThrow('event: found "a", wanted { item, kind }');
  });

  it('WebGPU where there is none falls back to the CPU and says why', async () => {
    const shelf = await open({ engine: 'webgpu' });
    expect((await shelf.recommend()).engine).toBe('cpu');
    expect(shelf.status().engineReason).toMatch(/^no WebGPU: /);
  });
});
