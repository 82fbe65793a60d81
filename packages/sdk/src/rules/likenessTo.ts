import type { Shop } from '../shop/shop.ts';

/** How alike some items are to those that were taken. */
export interface Likeness {
  /** For each of the items, its likeness to the most alike one that was taken: 0 to 1, 0 while none was. */
  readonly most: Float64Array;
  /** Takes an item. */
  regard(i: number): void;
}

/**
 * The likeness of two items is the rows that both have by the rows that either has (Jaccard index). Rows stand for the levels of a
 * category and for the attributes, so items are alike in what a shopper sees of them, also where nobody has had them yet.
 */
export function likenessTo(shop: Shop, items: Uint32Array): Likeness {
  const widths = Array.from(items, (i) => shop.rows(i).length);
  /** Places of the items that have a row. */
  const holders = new Map<number, number[]>();
  items.forEach((i, place) => {
    for (const row of Array.from(shop.rows(i))) {
      const places = holders.get(row);
      if (places === undefined) holders.set(row, [place]);
      else places.push(place);
    }
  });
  const most = new Float64Array(items.length);
  return {
    most,
    regard(i) {
      const own = Array.from(shop.rows(i));
      const shared = new Uint8Array(items.length);
      for (const row of own) for (const place of holders.get(row) ?? []) shared[place]!++;
      shared.forEach((both, place) => {
        if (both > 0) most[place] = Math.max(most[place]!, both / (own.length + widths[place]! - both));
      });
    },
  };
}
