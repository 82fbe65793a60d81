import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Store } from '../src/index.ts';

/** What every store does. `open` opens an empty store. */
export function storeContract(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  const scanned = async (prefix: string): Promise<string[]> => {
    const keys: string[] = [];
    for await (const [key] of store.scan(prefix)) keys.push(key);
    return keys;
  };

  it('answers values in the order of the keys, and undefined where it holds none', async () => {
    await store.putMany([
      ['a', { n: 1 }],
      ['b', { n: 2 }],
    ]);
    expect(await store.getMany(['b', 'c', 'a'])).toEqual([{ n: 2 }, undefined, { n: 1 }]);
    expect(await store.getMany([])).toEqual([]);
  });

  it('gives back what JSON carries, half characters included', async () => {
    const value = { text: 'Käse 🧀 \0 \ud800', list: ['x', ''], deep: { flag: false, none: null, n: -0.5 } };
    await store.putMany([['a', value]]);
    expect(await store.getMany(['a'])).toEqual([value]);
  });

  it('replaces, and does not share objects with its callers', async () => {
    const value = { n: 1 };
    await store.putMany([['a', { n: 0 }]]);
    await store.putMany([['a', value]]);
    value.n = 2;
    expect(await store.getMany(['a'])).toEqual([{ n: 1 }]);
  });

  it('writes nothing where one of the entries cannot be written', async () => {
    const circular: { self?: object } = {};
    circular.self = circular;
    await expect(
      store.putMany([
        ['a', { n: 1 }],
        ['b', circular],
      ]),
    ).rejects.toThrow();
    expect(await scanned('')).toEqual([]);
  });

  it('forgets keys, those that it never held too', async () => {
    await store.putMany([
      ['a', {}],
      ['b', {}],
    ]);
    await store.deleteMany(['a', 'z']);
    await store.deleteMany([]);
    expect(await scanned('')).toEqual(['b']);
  });

  it('scans what starts with a prefix, in the order of JavaScript texts', async () => {
    const keys = [
      'i/',
      'i/\0',
      'i/10',
      'i/9',
      'i/Z',
      'i/a',
      'i/ä',
      'i/🧀',
      'i/\ud800',
      'i/\uffff',
      'i/\uffff\uffff\uffff',
    ];
    await store.putMany(['h', 'i', 'j', ...keys.toReversed()].map((key) => [key, { key }] as const));
    expect(await scanned('i/')).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(await scanned('nothing')).toEqual([]);
    for await (const [key, value] of store.scan('i/')) expect(value).toEqual({ key });
  });

  it('holds keys of 900 characters', async () => {
    const key = '漢'.repeat(900);
    await store.putMany([[key, { n: 1 }]]);
    expect(await store.getMany([key])).toEqual([{ n: 1 }]);
    expect(await scanned('漢')).toEqual([key]);
  });

  it('may be written to while it is scanned', async () => {
    await store.putMany([
      ['a', {}],
      ['b', {}],
    ]);
    const keys: string[] = [];
    for await (const [key] of store.scan('')) {
      keys.push(key);
      await store.putMany([['a', { again: true }]]);
    }
    expect(keys).toEqual(['a', 'b']);
  });
}
