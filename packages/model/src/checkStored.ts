import { checkItem, ItemError } from './checkItem.ts';
import type { Item } from './item.ts';

/**
 * Longest item, in UTF-16 code units of all its names and values: a store's value holds it, written as JSON in six bytes each, and a
 * page of the shop stays within what browsers read.
 */
export const ITEM_LENGTH = 40_000;

/**
 * `checkItem` for an item that is to be stored and served to all: it is of bounded length as a whole, too.
 *
 * @throws {ItemError} naming the attribute from which on it is too long
 */
export function checkStored(value: unknown): Item {
  const item = checkItem(value);
  let length = 0;
  for (const [attribute, found] of Object.entries(item)) {
    length += attribute.length + String(found).length;
    if (length > ITEM_LENGTH)
      throw new ItemError(item.id, attribute, found, `an item of at most ${ITEM_LENGTH} characters in all`);
  }
  return item;
}
