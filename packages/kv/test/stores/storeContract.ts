import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Key, Store } from '../../src/index.ts';

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
    expect(await store.getMany([key('b'), key('c'), ['other', 'b'], key('a'), key('b')])).toEqual([
      { name: 'b', version: 1 },
      undefined,
      undefined,
      { name: 'a', version: 1 },
      { name: 'b', version: 1 },
    ]);
    expect(await store.getMany([])).toEqual([]);
  });

  it('gives back what JSON carries, half characters included', async () => {
    const value = { text: 'Käse 🧀 \0 \ud800', list: ['x', ''], deep: { flag: false, none: null, n: -0.5 } };
    await store.putMany([[key('a'), value]], 1);
    expect(await store.getMany([key('a')])).toEqual([value]);
  });

  it('gives back properties by any name', async () => {
    const text = '{"__proto__":{"x":1},"constructor":{"prototype":2},"toString":3,"":4}';
    await store.putMany([[key('a'), JSON.parse(text) as object]], 1);
    expect(JSON.stringify((await store.getMany([key('a')]))[0])).toBe(text);
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
    expect(await put(['b'], 2 ** 53 - 2)).toEqual([false]);
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
    await expect(async () => {
      await store.putMany(
        [
          [key('a'), { n: 1 }],
          [key('b'), circular],
        ],
        1,
      );
    }).rejects.toThrow();
    expect(await scanned()).toEqual([]);
  });

  it('forgets keys, those that it never held too', async () => {
    await put(['a', 'b']);
    await store.deleteMany([key('a'), key('z'), ['other', 'b']]);
    await store.deleteMany([]);
    expect(await scanned()).toEqual(['b']);
  });

  it('scans a group, in the order of JavaScript texts', async () => {
    const names = ['\0', '/', ':', '10', '9', 'Z', 'a', 'ä', '🧀', '\ud800', '\uffff', '\uffff\uffff\uffff'];
    await put(names.toReversed());
    const neighbours = ['grou', 'group/', 'group0', 'group1', 'group-', 'group/a'];
    await store.putMany(
      neighbours.map((group) => [[group, 'x'], {}] as const),
      1,
    );
    expect(await scanned()).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(await scanned('group/')).toEqual(['x']);
    expect(await scanned('nothing')).toEqual([]);
    for await (const [name, value] of store.scan('group')) expect(value).toEqual({ name, version: 1 });
  });

  it('tells names apart that look alike', async () => {
    // Composed and decomposed, upper and lower case, halves of characters, what a path or a URL would mean something by.
    const names = [
      '\u00e4',
      'a\u0308',
      'A',
      'a',
      '\ud83e',
      '\uddc0',
      '\ud83e\uddc0',
      '\uddc0\ud83e',
      '\ufffd',
    ];
    names.push(
      ' a',
      'a ',
      'a:b',
      'a/b',
      'a\\b',
      'a?b',
      'a#b',
      '..',
      '.',
      '%61',
      '$',
      'a$',
      '__proto__',
      'a\0',
    );
    expect(await put(names)).toEqual(names.map(() => true));
    expect(await store.getMany(names.map(key))).toEqual(names.map((name) => ({ name, version: 1 })));
    expect(await scanned()).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
    await store.deleteMany([key('a')]);
    expect(await scanned()).toHaveLength(names.length - 1);
  });

  it('holds names of 256 characters, in groups of 64', async () => {
    const group = 'a-z/0-9/'.repeat(8);
    const names = ['漢'.repeat(256), '\ud800'.repeat(256), 'x'.repeat(256), 'x'.repeat(255)];
    await store.putMany(
      names.map((name) => [[group, name], { name }] as const),
      1,
    );
    expect(await store.getMany(names.map((name) => [group, name] as const))).toEqual(
      names.map((name) => ({ name })),
    );
    expect(await scanned(group)).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('holds values of 256 KiB, a hundred at once', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `large ${i}`);
    // With quotes around: 256 KiB of UTF-8, two bytes a letter.
    const valueOf = (name: string): object => [name.padEnd((256 * 1024 - 4) / 2, 'ü').slice(0, 131_060)];
    expect(
      await store.putMany(
        names.map((name) => [key(name), valueOf(name)] as const),
        1,
      ),
    ).toEqual(names.map(() => true));
    const values = await store.getMany(names.map(key));
    expect(names.every((name, i) => JSON.stringify(values[i]) === JSON.stringify(valueOf(name)))).toBe(true);
    let seen = 0;
    for await (const [name, value] of store.scan('group'))
      if (JSON.stringify(value) === JSON.stringify(valueOf(name))) seen++;
    expect(seen).toBe(100);
  });

  it('writes, reads and forgets 2,000 records at once', async () => {
    const keys = Array.from({ length: 2000 }, (_, i): Key => [
      `item/${String(i % 7).padStart(5, '0')}`,
      `id ${i}`,
    ]);
    const entries = keys.map((each, i) => [each, { i }] as const);
    expect(await store.putMany(entries, 1)).toEqual(keys.map(() => true));
    expect(await store.putMany(entries.slice(0, 3), 1)).toEqual([false, false, false]);
    expect(await store.getMany(keys)).toEqual(keys.map((_, i) => ({ i })));
    expect(await scanned('item/00003')).toHaveLength(286);
    await store.deleteMany(keys.slice(1));
    expect((await store.getMany(keys)).filter((value) => value !== undefined)).toEqual([{ i: 0 }]);
  });

  it('tells one of many writers of one version that it wrote', async () => {
    const writers = Array.from({ length: 20 }, (_, writer) => ({ writer }));
    const names = Array.from({ length: 10 }, (_, i) => `contested ${i}`);
    const told = await Promise.all(
      writers.map((value) =>
        store.putMany(
          names.map((name) => [key(name), value] as const),
          3,
        ),
      ),
    );
    const values = await store.getMany(names.map(key));
    names.forEach((_, i) => {
      const winners = writers.filter(({ writer }) => told[writer]![i]);
      expect(winners).toEqual([values[i]]);
    });
  });

  it('ends with the highest version, in whatever order writers come', async () => {
    const versions = Array.from({ length: 50 }, (_, i) => ((i * 37) % 50) + 1);
    await Promise.all(versions.map((version) => put(['a', 'b'], version)));
    expect(await store.getMany([key('a'), key('b')])).toEqual([
      { name: 'a', version: 50 },
      { name: 'b', version: 50 },
    ]);
  });

  it('may be written to while it is scanned', async () => {
    const names = Array.from({ length: 300 }, (_, i) => `name ${i}`);
    await put(names);
    const seen: string[] = [];
    for await (const [name] of store.scan('group')) {
      if (seen.length % 50 === 0) {
        await put([name], seen.length + 2);
        await put([`another ${seen.length}`]);
      }
      seen.push(name);
    }
    expect(seen.filter((name) => name.startsWith('name'))).toEqual(
      names.toSorted((a, b) => (a < b ? -1 : 1)),
    );
  });

  it('may lose records while it is scanned', async () => {
    const names = Array.from({ length: 300 }, (_, i) => `name ${String(i).padStart(3, '0')}`);
    await put(names);
    const seen: string[] = [];
    for await (const [name, value] of store.scan('group')) {
      expect(value).toEqual({ name, version: 1 });
      // All but every tenth go, those behind and those ahead.
      if (seen.length === 20) await store.deleteMany(names.filter((_, i) => i % 10 !== 0).map(key));
      seen.push(name);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((name) => name.endsWith('0'))).toEqual(names.filter((name) => name.endsWith('0')));
    expect(await scanned()).toHaveLength(30);
  });
}
