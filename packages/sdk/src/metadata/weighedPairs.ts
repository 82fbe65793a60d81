import { type PairCount, type Pairs, pairWeight } from '@evershelf/model';
import type { Shop } from '../shop/shop.ts';

/** The pairs of item i as the query reads them: by the shop's numbers, weighed by its live counters. Unknown items are left out. */
export function weighedPairs(shop: Shop, i: number, counts: readonly PairCount[]): Pairs {
  const known = counts.flatMap(([id, count]) => {
    const j = shop.find(id);
    return j === undefined ? [] : [{ j, weight: pairWeight(count, shop.events(i), shop.events(j)) }];
  });
  return { to: known.map(({ j }) => j), weight: known.map(({ weight }) => weight) };
}
