import { join } from 'node:path';
import {
  KEPT_PAIRS,
  MAX_PAIRS,
  PAIR_HALF_LIFE,
  PAIR_WINDOW,
  pageOf,
  pairGain,
  servedPairs,
} from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { eventFolder, lmdbStore, memoryStore, type Store } from '../src/index.ts';
import { startedService } from './startedService.ts';
import { tempFolder } from './tempFolder.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const NOW = 488_888 * HOUR;
const [NEAR, FAR] = [pairGain(1), pairGain(2)];

const view = (item: string, ...after: (readonly [item: string, age: number])[]): object => ({
  item,
  kind: 'view',
  after: after.map(([item, age]) => ({ item, age })),
});
const shop = (...ids: string[]): object[] => ids.map((id) => ({ id }));
const rounded = (counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(servedPairs(Object.entries(counts)));
const pathOf = (id: string): string => `/v1/pairs/${pageOf(id, 256)}`;

const stores: [string, () => Promise<Store>][] = [
  ['memory', async () => memoryStore()],
  ['lmdb', async () => lmdbStore(join(await tempFolder(), 'items.mdb'))],
];

describe.each(stores)('pairs in a store of kind %s', (_, open) => {
  const started = async (now = () => NOW) => startedService({ store: await open(), now, flushSeconds: 1e6 });

  it('count both ways what a session took before, less with each moment between', async () => {
    const service = await started();
    await service.put(shop('a', 'b', 'c'));
    await service.post([view('b', ['a', 1]), view('c', ['b', 1], ['a', 2])]);
    await service.post([view('b', ['a', 1])]);
    expect(await service.pairs('a')).toEqual({});
    await service.flush();
    expect(await service.pairs('a')).toEqual(rounded({ b: 2 * NEAR.forward, c: FAR.forward }));
    expect(await service.pairs('b')).toEqual(rounded({ a: 2 * NEAR.backward, c: NEAR.forward }));
    expect(await service.pairs('c')).toEqual(rounded({ b: NEAR.backward, a: FAR.backward }));
    await service.post([view('a', ['b', 0])]);
    await service.flush();
    expect(await service.pairs('a')).toEqual(rounded({ b: 2 * NEAR.forward + 1, c: FAR.forward }));
  });

  it('are none of items that the shop does not know', async () => {
    const service = await started();
    await service.put(shop('a', 'b'));
    await service.post([view('b', ['stranger', 1], ['a', 2]), view('stranger', ['a', 1])]);
    await service.flush();
    expect(await service.pairs('a')).toEqual(rounded({ b: FAR.forward }));
    expect(await service.pairs('b')).toEqual(rounded({ a: FAR.backward }));
    expect(await service.pairs('stranger')).toEqual({});
  });

  it('go with their item, and do not come back with it', async () => {
    const service = await started();
    await service.put(shop('a', 'b'));
    await service.post([view('b', ['a', 1])]);
    await service.flush();
    await service.post([view('b', ['a', 1])]);
    await service.remove(['a']);
    expect(await service.pairs('a')).toEqual({});
    await service.flush();
    await service.put(shop('a'));
    expect(await service.pairs('a')).toEqual({});
  });
});

describe('pairs', () => {
  it('count one of a session: repeats none, and an item that is named twice or is the own one once or never', async () => {
    const service = await startedService({ now: () => NOW });
    await service.put(shop('a', 'b'));
    const event = { ...view('b', ['a', 1], ['b', 1], ['a', 2]), session: 's' };
    await service.post([event, event]);
    await service.post([event, { ...event, session: 't' }]);
    await service.flush();
    expect(await service.pairs('a')).toEqual(rounded({ b: 2 * NEAR.forward }));
    expect(await service.pairs('b')).toEqual(rounded({ a: 2 * NEAR.backward }));
  });

  it('halve in twenty days; what is left of nearly nothing is not named', async () => {
    let now = NOW;
    const service = await startedService({ now: () => now });
    await service.put(shop('a', 'b', 'c'));
    await service.post([view('b', ['a', 0]), { ...view('c', ['a', 0]), time: NOW - DAY }]);
    await service.flush();
    expect(await service.pairs('a')).toEqual({
      b: 1,
      c: Number((2 ** (-1 / PAIR_HALF_LIFE)).toPrecision(3)),
    });
    now += PAIR_HALF_LIFE * DAY;
    expect(await service.pairs('a')).toEqual({ b: 0.5, c: 0.483 });
    await service.post([view('b', ['a', 0])]);
    await service.flush();
    expect(await service.pairs('a')).toEqual({ b: 1.5, c: 0.483 });
    now += 5 * PAIR_HALF_LIFE * DAY;
    expect(await service.pairs('a')).toEqual({});
  });

  it('keep the strongest of an item: a full row forgets its weaker half for a new one', async () => {
    const service = await startedService({ now: () => NOW });
    const others = Array.from({ length: KEPT_PAIRS + 5 }, (_, i) => `other ${i}`);
    await service.put(shop('a', 'often', ...others));
    await service.post(Array.from({ length: 5 }, () => view('often', ['a', 0])));
    for (const half of [others.slice(0, 20), others.slice(20)]) {
      await service.post(half.map((id) => view(id, ['a', 0])));
      await service.flush();
    }
    const pairs = await service.pairs('a');
    expect(Object.keys(pairs)).toHaveLength(MAX_PAIRS);
    expect(pairs).toMatchObject({ often: 5, 'other 0': 1 });
    await service.post([view(others.at(-1)!, ['a', 0])]);
    await service.flush();
    expect((await service.pairs('a'))[others.at(-1)!]).toBe(2);
  });

  it('take no more of an event than the window', async () => {
    const service = await startedService({ now: () => NOW });
    const others = Array.from({ length: PAIR_WINDOW }, (_, i) => `${i}`);
    await service.put(shop('a', ...others));
    await service.post([view('a', ...others.map((id, age) => [id, age] as const))]);
    await service.flush();
    expect(Object.keys(await service.pairs('a'))).toHaveLength(PAIR_WINDOW);
  });

  it('raise no revision of their own', async () => {
    const service = await startedService({ now: () => NOW, flushSeconds: 1e6 });
    await service.put(shop('a', 'b', 'c'), { b: [255, 255, 255] });
    const { revision } = (await service.get('/v1/changes')).body;
    // The live bytes of b are as high as a byte is, so that one more event changes none.
    await service.post([view('b', ['a', 1])]);
    await service.flush();
    await service.put(shop('c'), undefined, { c: [['a', 2]] });
    expect(await service.pairs('a')).toEqual(rounded({ b: NEAR.forward }));
    expect(await service.pairs('c')).toEqual({ a: 2 });
    expect((await service.get('/v1/changes')).body.revision).toBe(revision);
  });

  it('are kept where a write failed, and written by the next one', async () => {
    const store = memoryStore();
    const { putMany } = store;
    const service = await startedService({ store, now: () => NOW, flushSeconds: 1e6, report: () => {} });
    await service.put(shop('a', 'b'));
    await service.post([view('b', ['a', 1])]);
    store.putMany = async () => {
      throw new Error('disk full');
    };
    await expect(service.flush()).rejects.toThrow('disk full');
    store.putMany = putMany;
    await service.post([view('b', ['a', 1])]);
    await service.flush();
    expect(await service.pairs('a')).toEqual(rounded({ b: 2 * NEAR.forward }));
  });

  it('go on after a restart', async () => {
    const folder = await tempFolder();
    const open = async () =>
      startedService({
        store: await lmdbStore(join(folder, 'items.mdb')),
        events: await eventFolder(join(folder, 'events')),
        now: () => NOW,
      });
    const first = await open();
    await first.put(shop('a', 'b'));
    await first.post([view('b', ['a', 1])]);
    await first.close();
    const second = await open();
    await second.post([view('b', ['a', 1])]);
    await second.flush();
    expect(await second.pairs('a')).toEqual(rounded({ b: 2 * NEAR.forward }));
  });

  it('start from those of a publication, anew where it brings others, and run on where it brings the same', async () => {
    const service = await startedService({ now: () => NOW });
    const seeds = { a: [['b', 3] as const] };
    await service.put(shop('a', 'b'), undefined, seeds);
    expect(await service.pairs('a')).toEqual({ b: 3 });
    await service.post([view('b', ['a', 0])]);
    await service.flush();
    expect((await service.put(shop('a', 'b'), undefined, seeds)).body).toMatchObject({ written: 0 });
    await service.put([{ id: 'a', price: 2 }]);
    expect(await service.pairs('a')).toEqual({ b: 4 });
    await service.put(shop('a', 'b'), undefined, { a: [['c', 1]] });
    expect(await service.pairs('a')).toEqual({ c: 1 });
  });

  it.each([
    ['a list', []],
    ['those of an item of no batch', { b: [['a', 1]] }],
    ['no list', { a: 'b' }],
    ['ids alone', { a: ['b'] }],
    ['a count of 0', { a: [['b', 0]] }],
    ['a count that is a text', { a: [['b', '1']] }],
    ['an empty id', { a: [['', 1]] }],
    [
      'an id twice',
      {
        a: [
          ['b', 1],
          ['b', 2],
        ],
      },
    ],
    ['too many', { a: Array.from({ length: KEPT_PAIRS + 1 }, (_, i) => [`${i}`, 1]) }],
  ])('are refused as %s', async (_, pairs) => {
    const service = await startedService();
    expect(await service.put(shop('a'), undefined, pairs)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/found .*, wanted /) },
    });
    expect((await service.get('/healthz')).body.items).toBe(0);
  });
});

describe('GET /v1/pairs/N', () => {
  it('names the items of the page that have pairs, sorted by id, each with its strongest first', async () => {
    const service = await startedService({ pages: 1, now: () => NOW });
    await service.put(shop('b', 'a', 'c', 'none'), undefined, {
      b: [
        ['a', 0.04],
        ['c', 0.05],
        ['none', 12.3456],
      ],
      a: [['b', 1234.5]],
      c: [['b', 0.01]],
    });
    expect((await service.get('/v1/pairs/0')).body).toEqual({
      page: 0,
      items: [
        { id: 'a', pairs: [['b', 1230]] },
        {
          id: 'b',
          pairs: [
            ['none', 12.3],
            ['c', 0.05],
          ],
        },
      ],
    });
  });

  it('has an ETag, and is answered 304 until something is counted', async () => {
    let now = NOW;
    const service = await startedService({ now: () => now });
    await service.put(shop('a', 'b'), undefined, { a: [['b', 3]] });
    const first = await service.get(pathOf('a'));
    const etag = first.headers.get('etag')!;
    expect(first.headers.get('cache-control')).toBe('public, max-age=60, stale-while-revalidate=600');
    await service.put([{ id: 'a', price: 3 }]);
    now += HOUR - 1;
    expect(await service.get(pathOf('a'), { 'if-none-match': etag })).toMatchObject({
      status: 304,
      text: '',
    });
    await service.post([view('b', ['a', 1])]);
    await service.flush();
    const changed = await service.get(pathOf('a'), { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('is read from the store once, until its pairs are counted or go with their item, or the hour ends', async () => {
    let now = NOW;
    const store = memoryStore();
    const { scan } = store;
    let scans = 0;
    store.scan = (group) => {
      if (group.startsWith('pairs/')) scans++;
      return scan(group);
    };
    const service = await startedService({ store, pages: 2, now: () => now, flushSeconds: 1e6 });
    const [a, other] = [0, 1].map((page) => `${Array.from('abcdefg').find((id) => pageOf(id, 2) === page)}`);
    await service.put(shop(a!, other!), undefined, { [a!]: [[a!, 2]], [other!]: [[other!, 2]] });
    await service.age();
    const readings = async (): Promise<number> => {
      const before = scans;
      for (let i = 0; i < 3; i++) await service.pairs(a!, 2);
      return scans - before;
    };
    expect(await readings()).toBe(1);
    await service.put([{ id: other!, price: 1 }], undefined, { [other!]: [[other!, 3]] });
    expect(await readings()).toBe(0);
    await service.post([view(a!, [other!, 1])]);
    await service.flush();
    expect(await readings()).toBe(1);
    now += HOUR;
    expect(await readings()).toBe(1);
    await service.remove([a!]);
    expect(await readings()).toBe(1);
    expect(await service.pairs(a!, 2)).toEqual({});
  });

  it('is compressed for those who take it', async () => {
    const service = await startedService({ pages: 1 });
    const ids = Array.from({ length: 100 }, (_, i) => `item ${i}`);
    await service.put(shop(...ids), undefined, Object.fromEntries(ids.map((id) => [id, [['item 0', 2]]])));
    const gzip = await service.get('/v1/pairs/0', { 'accept-encoding': 'gzip' });
    expect(gzip.headers.get('content-encoding')).toBe('gzip');
    expect(gzip.body.items).toHaveLength(100);
  });

  it('refuses pages that there are not', async () => {
    const service = await startedService();
    expect(await service.get('/v1/pairs/256')).toMatchObject({
      status: 404,
      body: { error: 'found page 256, wanted 0 to 255' },
    });
    expect((await service.get('/v1/pairs/x')).status).toBe(400);
  });
});
