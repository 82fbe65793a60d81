import type { Item } from 'evershelf';
import type { Shop } from '../app/Shop.ts';
import type { ShelfSpec } from './ShelfSpec.ts';

/** The shelf of products that were listed just now; there is none while nothing was. */
export function arrivalsShelf(shop: Shop, belongs: (item: Item) => boolean = () => true): ShelfSpec {
  return {
    name: 'new-arrivals',
    title: () => 'Just arrived',
    note: () => 'Listed a moment ago, and already in its place.',
    variety: false,
    options: () => {
      const candidates = shop.arrivals.announced.filter(belongs);
      return candidates.length > 0 ? { candidates, only: true } : undefined;
    },
  };
}
