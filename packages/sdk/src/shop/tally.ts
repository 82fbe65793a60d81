import { RUNGS } from '@evershelf/model';
import type { Freshness, ShelfStatus } from '../types.ts';
import type { Shop } from './shop.ts';

/** How many items the shop has, by freshness and by rung. */
export function tally(
  shop: Shop,
  freshnessOf: (i: number) => Freshness,
): Pick<ShelfStatus, 'items' | 'byFreshness' | 'byRung'> {
  const byFreshness = { fresh: 0, stale: 0, offline: 0 };
  const byRung = Object.fromEntries(RUNGS.map((rung) => [rung, 0])) as Record<(typeof RUNGS)[number], number>;
  let items = 0;
  for (let i = 0; i < shop.count(); i++) {
    if (!shop.listed(i)) continue;
    items++;
    byFreshness[freshnessOf(i)]++;
    byRung[shop.rung(i)]++;
  }
  return { items, byFreshness, byRung };
}
