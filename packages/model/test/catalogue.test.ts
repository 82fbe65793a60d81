import { describe, expect, it } from 'vitest';
import { itemsOf, readCatalogue, toCatalogue, writeCatalogue } from '../src/artifact/catalogue.ts';
import type { Item } from '../src/index.ts';

const readBack = (items: readonly Item[]): Item[] =>
  itemsOf(readCatalogue('a test', writeCatalogue(toCatalogue(items)), items.length));

/** Items whose attribute has a value of its own each, or one of few, and none now and then. */
const itemsWith = (valueOf: (i: number) => Item[string]): Item[] =>
  Array.from({ length: 600 }, (_, i) => ({ id: `${i}`, ...(i % 7 === 0 ? {} : { it: valueOf(i)! }) }));

describe('a catalogue', () => {
  it.each<[string, (i: number) => Item[string]]>([
    ['texts', (i) => `text ${i}`],
    ['texts of any script', (i) => `${'ü日\u{1f34e}'.repeat(i % 3)}${i}`],
    ['long texts', (i) => 'word '.repeat(i)],
    ['texts that may be empty', (i) => (i % 2 === 0 ? '' : `${i}`)],
    ['few texts', (i) => `text ${i % 5}`],
    ['hundreds of texts', (i) => `text ${i % 290}`],
    ['numbers', (i) => i / 3],
    ['few numbers', (i) => (i % 5) / 3],
    ['true and false', (i) => i % 2 === 0],
    ['lists', (i) => ['a', `b ${i}`]],
    ['few lists', (i) => (i % 3 === 0 ? [] : ['a', `b ${i % 5}`])],
    ['this and that', (i) => [`${i}`, i, i % 2 === 0, [`${i}`]][i % 4]],
  ])('reads back as it was written, with %s', (_, valueOf) => {
    const items = itemsWith(valueOf);
    expect(readBack(items)).toEqual(items);
  });

  it('reads back where it is empty, and where no item has attributes', () => {
    expect(readBack([])).toEqual([]);
    expect(readBack([{ id: 'a' }])).toEqual([{ id: 'a' }]);
  });

  it('is not written with an id that is there twice', () => {
    expect(() => writeCatalogue(toCatalogue([{ id: 'a' }, { id: 'b' }, { id: 'a' }]))).toThrow(
      'found the id "a" twice, wanted distinct ids',
    );
  });

  it('is refused where it holds another number of items', () => {
    const bytes = writeCatalogue(toCatalogue(itemsWith((i) => i)));
    expect(() => readCatalogue('catalogue.safetensors', bytes, 700)).toThrow(
      'catalogue.safetensors: found 75 blocks of ids',
    );
  });
});
