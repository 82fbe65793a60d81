import type { Item } from '../../../packages/model/src/index.ts';

/** Item i of a made shop. */
export function madeItem(i: number): Item {
  return {
    id: `item-${i}`,
    title: `Product number ${i} with a name`,
    url: `/product/item-${i}`,
    image: `/images/item-${i}.webp`,
    category: ['Shop', `Department ${i % 12}`, `Shelf ${i % 240}`],
    brand: `Brand ${i % 700}`,
    price: (i % 5000) / 100,
    inStock: i % 17 !== 0,
  };
}

/** Bodies of `PUT /v1/items` with all of a made shop, 1,000 items each. */
export function* madeBatches(items: number): Iterable<string> {
  for (let from = 0; from < items; from += 1000) {
    const batch = Array.from({ length: Math.min(1000, items - from) }, (_, k) => madeItem(from + k));
    yield JSON.stringify({ items: batch });
  }
}
