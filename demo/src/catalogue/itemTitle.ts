import type { Item } from 'evershelf';

/** An item's title; where none is known yet, its place in the shop. */
export function itemTitle(item: Item): string {
  const leaf = item.category?.at(-1);
  return item.title ?? (leaf ? `New in ${leaf}` : 'New product');
}
