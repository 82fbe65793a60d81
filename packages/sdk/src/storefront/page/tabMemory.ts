import { foundOf, type Line } from '@evershelf/model/markup';
import { attempt } from '../../attempt.ts';
import type { Consent } from '../../types.ts';

/** What a tab remembers from page to page: which orders were counted, and what is in the cart. */
export interface TabMemory {
  /** Notes an order. Returns false where it was noted before. */
  isNew(order: string): boolean;
  /** Undefined while nothing was noted. */
  cart(): readonly Line[] | undefined;
  setCart(lines: readonly Line[]): void;
  /** With `profile` all of it is in the tab's `sessionStorage` too; with less it ends with the page and what was stored is deleted. */
  keep(consent: Consent): void;
}

/** The key in `sessionStorage`. */
export const TAB_MEMORY = 'evershelf-page';

/** Most orders that are remembered, the latest. */
const ORDERS = 20;

/** @param consent undefined while the shopper's answer is on its way: what is stored is neither read nor deleted */
export function tabMemory(consent: Consent | undefined): TabMemory {
  let orders: readonly string[] = [];
  let lines: readonly Line[] | undefined;
  let stores = false;

  const store = (): void => {
    if (!stores) return;
    const cart = lines?.map(({ found, quantity }) => ({ ids: found.ids, quantity }));
    attempt(() => sessionStorage.setItem(TAB_MEMORY, JSON.stringify({ orders, cart })));
  };
  const load = (): void => {
    const stored = JSON.parse(sessionStorage.getItem(TAB_MEMORY) ?? '{}') as {
      orders?: readonly string[];
      cart?: readonly { readonly ids: readonly string[]; readonly quantity?: number }[];
    };
    const before = (stored.orders ?? []).filter((order) => typeof order === 'string');
    orders = [...new Set([...before, ...orders])].slice(-ORDERS);
    lines ??= stored.cart?.flatMap(({ ids, quantity }) => {
      const found = foundOf(ids, {});
      return found === undefined ? [] : [{ found, quantity: Number(quantity) || 1 }];
    });
  };
  const keep = (next: Consent): void => {
    const stored = stores;
    stores = next === 'profile';
    if (!stores) return attempt(() => sessionStorage.removeItem(TAB_MEMORY));
    if (!stored) attempt(load);
    store();
  };
  if (consent !== undefined) keep(consent);

  return {
    isNew(order) {
      if (orders.includes(order)) return false;
      orders = [...orders, order].slice(-ORDERS);
      store();
      return true;
    },
    cart: () => lines,
    setCart(next) {
      lines = next;
      store();
    },
    keep,
  };
}
