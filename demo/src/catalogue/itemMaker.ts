import type { Item } from 'evershelf';

/** Who makes it and how large it is, as far as is known: `Maker 584 · 10 oz`. */
export function itemMaker(item: Item): string {
  return [item.brand, item.size].filter((value) => typeof value === 'string' && value !== '').join(' · ');
}
