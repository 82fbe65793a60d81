import { expect, it } from 'vitest';
import { idPlaces } from '../src/artifact/idPlaces.ts';
import { readTexts, writeTexts } from '../src/artifact/texts.ts';

const finder = (ids: readonly string[]) => idPlaces(readTexts('a test', 'ids', writeTexts(ids), ids.length));

it.each([
  ['none', []],
  ['one', ['a']],
  ['those of any script', ['a', 'b', 'ab', 'ba', 'ü', '日本', '\u{1f34e}', 'a '.repeat(500)]],
  ['many that differ in a digit alone', Array.from({ length: 20_000 }, (_, i) => `sku-${1_000_000 + 7 * i}`)],
])('finds ids at their places, and no others: %s', (_, ids) => {
  const find = finder(ids);
  expect(ids.map(find)).toEqual(ids.map((_, i) => i));
  for (const other of ['', 'c', 'sku-1000001', '\u{1f34f}']) expect(find(other)).toBeUndefined();
});

it('finds each of a million, as shops number them', () => {
  const ids = Array.from({ length: 1_000_000 }, (_, i) => `${i}`);
  const find = finder(ids);
  expect(ids.findIndex((id, i) => find(id) !== i)).toBe(-1);
});

it('finds the first of two ids that are the same', () => {
  expect(['a', 'b'].map(finder(['a', 'b', 'a']))).toEqual([0, 1]);
});

it.each([
  ['is missing', (bytes: Uint8Array) => bytes.indexOf(0xff), 0x61],
  ['is missing at the end of a block', (bytes: Uint8Array) => bytes.indexOf(0xff, 20), 0x61],
  ['is missing at the end', (bytes: Uint8Array) => bytes.length - 1, 0x61],
  ['is there once more', (bytes: Uint8Array) => bytes.indexOf(0xff) + 1, 0xff],
])('finds each id by what is read of it, where a byte between ids %s', (_, at, byte) => {
  const { bytes, sizes } = writeTexts(Array.from({ length: 30 }, (_, i) => `id ${i}`));
  bytes[at(bytes)] = byte;
  const ids = readTexts('a test', 'ids', { bytes, sizes }, 30);
  const find = idPlaces(ids);
  for (let i = 0; i < 30; i++) {
    const id = ids.at(i)!;
    expect(ids.at(find(id)!)).toBe(id);
  }
});

it('takes no longer for ids from an attacker: a hundred thousand that are all the same', () => {
  const find = finder([...Array.from({ length: 100_000 }, () => 'x'), 'y']);
  const began = performance.now();
  expect(['x', 'y', 'z'].map(find)).toEqual([0, 100_000, undefined]);
  // Minutes where each is compared with all before it.
  expect(performance.now() - began).toBeLessThan(20_000);
});
