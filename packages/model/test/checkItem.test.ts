import { describe, expect, it } from 'vitest';
import { checkItem, ItemError } from '../src/index.ts';

describe('checkItem', () => {
  it('given a whole item, then it comes back equal and fresh', () => {
    const item = {
      id: 'a',
      title: 'Ice cream',
      category: ['Grocery', 'Frozen'],
      price: 2.5,
      inStock: true,
      brand: 'Own',
      tags: ['cold', 'sweet'],
      weight: -3,
    };
    const checked = checkItem(item);
    expect(checked).toEqual(item);
    expect(checked).not.toBe(item);
    expect(checked.category).not.toBe(item.category);
  });

  it('given attributes that are null, then they are absent', () => {
    expect(checkItem({ id: 'a', title: null, price: undefined })).toEqual({ id: 'a' });
  });

  it.each([
    [null, 'item: found null, wanted an object with an id'],
    [['a'], 'item: found ["a"], wanted an object with an id'],
    [{}, 'id: found undefined, wanted a text of 1 to 256 characters'],
    [{ id: '' }, 'id: found "", wanted'],
    [{ id: 7 }, 'id: found 7, wanted'],
    [{ id: 'x'.repeat(257) }, 'id: found "xxx'],
    [{ id: 'a', category: 'Grocery' }, 'category: found "Grocery", wanted a path of 1 to 16 names'],
    [{ id: 'a', category: [] }, 'category: found [], wanted'],
    [{ id: 'a', category: ['Grocery', ' '] }, 'category: found ["Grocery"," "], wanted'],
    [{ id: 'a', price: -1 }, 'price: found -1, wanted a number >= 0'],
    [{ id: 'a', price: Number.NaN }, 'price: found NaN, wanted a number >= 0'],
    [{ id: 'a', price: '2.50' }, 'price: found "2.50", wanted a number >= 0'],
    [{ id: 'a', inStock: 'yes' }, 'inStock: found "yes", wanted true or false'],
    [{ id: 'a', title: 3 }, 'title: found 3, wanted a text'],
    [{ id: 'a', size: { width: 3 } }, 'size: found {"width":3}, wanted a text, number, true'],
    [{ id: 'a', tags: ['x', 3] }, 'tags: found ["x",3], wanted'],
    [JSON.parse('{"id": "a", "__proto__": "x"}'), '__proto__: found "x", wanted another name'],
    [
      Object.fromEntries([['id', 'a'], ...Array.from({ length: 64 }, (_, i) => [`a${i}`, i])]),
      'a63: found "attribute 65", wanted at most 64',
    ],
  ])('given %j, then the error says what was found and wanted', (value, message) => {
    expect(() => checkItem(value)).toThrow(ItemError);
    expect(() => checkItem(value)).toThrow(message);
  });

  it('given a bad attribute, then the error names the item', () => {
    expect.assertions(1);
    try {
      checkItem({ id: 'a', price: -1 });
    } catch (error) {
      expect((error as ItemError).id).toBe('a');
    }
  });
});
