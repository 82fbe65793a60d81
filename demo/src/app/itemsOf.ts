import type { Item } from 'evershelf';
import type { CartLine } from './Cart.ts';
import type { Shop } from './Shop.ts';

/** What is known of the products of a cart or an order. */
export function itemsOf({ catalogue, arrivals }: Shop, lines: readonly CartLine[]): Item[] {
  return lines.map(
    ({ id }) => catalogue.item(id) ?? arrivals.announced.find((item) => item.id === id) ?? { id },
  );
}
