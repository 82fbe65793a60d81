import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Key, Store } from '../src/index.ts';

/** What every store does. `open` opens an empty store. */
export function storeContract(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  const key = (name: string): Key => ['group', name];
  const put = (names: readonly string[], version = 1): Promise<boolean[]> =>
    store.putMany(
      names.map((name) => [key(name), { name, version }] as const),
      version,
    );
  const scanned = async (group = 'group'): Promise<string[]> => {
    const names: string[] = [];
    for await (const [name] of store.scan(group)) names.push(name);
    return names;
  };

  it('answers values in the order of the keys, and undefined where it holds none', async () => {
    await put(['a', 'b']);
    expect(await store.getMany([key('b'), key('c'), ['other', 'b'], key('a')])).toEqual([
      { name: 'b', version: 1 },
      undefined,
      undefined,
      { name: 'a', version: 1 },
    ]);
    expect(await store.getMany([])).toEqual([]);
  });

  it('gives back what JSON carries, half characters included', async () => {
    const value = { text: 'Käse 🧀 \0 \ud800', list: ['x', ''], deep: { flag: false, none: null, n: -0.5 } };
    await store.putMany([[key('a'), value]], 1);
    expect(await store.getMany([key('a')])).toEqual([value]);
  });

  it('does not share objects with its callers', async () => {
    const value = { n: 1 };
    await store.putMany([[key('a'), value]], 1);
    value.n = 2;
    expect(await store.getMany([key('a')])).toEqual([{ n: 1 }]);
  });

  it('keeps what it holds at the same version or a later one, and says what was written', async () => {
    expect(await put(['a', 'b'], 5)).toEqual([true, true]);
    expect(await put(['a', 'c'], 5)).toEqual([false, true]);
    expect(await put(['a'], 4)).toEqual([false]);
    expect(await put(['b'], 2 ** 53 - 1)).toEqual([true]);
    expect(await store.getMany([key('a'), key('b'), key('c')])).toEqual([
      { name: 'a', version: 5 },
      { name: 'b', version: 2 ** 53 - 1 },
      { name: 'c', version: 5 },
    ]);
  });

  it('forgets the version of a key with the key', async () => {
    await put(['a'], 5);
    await store.deleteMany([key('a')]);
    expect(await put(['a'], 1)).toEqual([true]);
  });

  it('writes nothing where one of the entries cannot be written', async () => {
    const circular: { self?: object } = {};
    circular.self = circular;
    await expect(
      store.putMany(
        [
          [key('a'), { n: 1 }],
          [key('b'), circular],
        ],
        1,
      ),
    ).rejects.toThrow();
    expect(await scanned()).toEqual([]);
  });

  it('forgets keys, those that it never held too', async () => {
    await put(['a', 'b']);
    await store.deleteMany([key('a'), key('z'), ['other', 'b']]);
    await store.deleteMany([]);
    expect(await scanned()).toEqual(['b']);
  });

  it('scans a group, in the order of JavaScript texts', async () => {
    const names = ['\0', '/', '10', '9', 'Z', 'a', 'ä', '🧀', '\ud800', '\uffff', '\uffff\uffff\uffff'];
    await put(names.toReversed());
    await store.putMany(
      ['grou', 'group/', 'group0', 'group1'].map((group) => [[group, 'x'], {}] as const),
      1,
    );
    expect(await scanned()).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(await scanned('nothing')).toEqual([]);
    for await (const [name, value] of store.scan('group')) expect(value).toEqual({ name, version: 1 });
  });

  it('holds names of 256 characters', async () => {
    const name = '漢'.repeat(256);
    await put([name]);
    expect(await store.getMany([key(name)])).toEqual([{ name, version: 1 }]);
    expect(await scanned()).toEqual([name]);
  });

  it('may be written to while it is scanned', async () => {
    await put(['a', 'b']);
    const names: string[] = [];
    for await (const [name] of store.scan('group')) {
      names.push(name);
      await put(['a'], 2);
    }
    expect(names).toEqual(['a', 'b']);
  });
}
