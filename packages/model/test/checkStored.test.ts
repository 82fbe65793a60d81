import { describe, expect, it } from 'vitest';
import { checkStored, ITEM_LENGTH, ItemError } from '../src/index.ts';

const lists = (count: number): object =>
  Object.fromEntries(
    Array.from({ length: count }, (_, k) => [`a${k}`, Array.from({ length: 256 }, () => 'x')]),
  );

describe('checkStored', () => {
  it('given an item of usual length, then it comes back as checkItem gives it', () => {
    const item = { id: 'a', title: 'x'.repeat(4096), tags: ['cold', 'sweet'], ...lists(60) };
    expect(checkStored(item)).toEqual(item);
    expect(() => checkStored({ id: 'a', price: -1 })).toThrow(ItemError);
  });

  it.each([
    [
      'many long texts',
      Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`a${k}`, 'x'.repeat(4096)])),
      'a9',
    ],
    ['a list of long texts', { tags: Array.from({ length: 256 }, () => 'x'.repeat(4096)) }, 'tags'],
    ['a name without end', { ['x'.repeat(ITEM_LENGTH)]: 1 }, 'x'.repeat(ITEM_LENGTH)],
  ])('given %s, then the attribute is named that is too much', (_, more, attribute) => {
    expect.assertions(2);
    try {
      checkStored({ id: 'a', ...more });
    } catch (error) {
      expect(error).toMatchObject({ id: 'a', attribute });
      expect((error as ItemError).message).toMatch(/wanted an item of at most 40000 characters in all$/);
    }
  });

  it('given characters that JSON writes as six bytes, then the longest item is one that a store holds', () => {
    const item = Object.fromEntries([
      ['id', 'a'],
      ...Array.from({ length: 9 }, (_, k) => [`a${k}`, '\0'.repeat(4096)]),
      ...Array.from({ length: 11 }, (_, k) => [`b${k}`, Array.from({ length: 256 }, () => '')]),
    ]) as object;
    expect(Buffer.byteLength(JSON.stringify(checkStored(item)))).toBeGreaterThan(220_000);
    expect(Buffer.byteLength(JSON.stringify(checkStored(item)))).toBeLessThan(250_000);
  });
});
