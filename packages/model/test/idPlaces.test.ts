import { expect, it } from 'vitest';
import { idPlaces } from '../src/artifact/idPlaces.ts';

it.each([
  ['none', []],
  ['one', ['a']],
  ['those of any script', ['a', 'b', 'ab', 'ba', 'ü', '日本', '\u{1f34e}', '\ud83c', 'a '.repeat(500)]],
  ['many that differ in a digit alone', Array.from({ length: 20_000 }, (_, i) => `sku-${1_000_000 + 7 * i}`)],
])('finds ids at their places, and no others: %s', (_, ids) => {
  const find = idPlaces(ids);
  expect(ids.map(find)).toEqual(ids.map((_, i) => i));
  for (const other of ['', 'c', 'sku-1000001', '\udf4e']) expect(find(other)).toBeUndefined();
});

it('refuses an id that is there twice', () => {
  expect(() => idPlaces(['a', 'b', 'a'])).toThrow(new RangeError('"a" twice'));
});
