import { foundOf, type Line } from '@evershelf/model/markup';
import type { Consent } from '../../types.ts';

/** What a tab remembers from page to page: which orders were counted, and what is in the cart. */
export interface TabMemory {
  /** Notes an order. Returns false where it was noted before. */
  isNew(order: string): boolean;
  /** Undefined while nothing was noted. */
  cart(): readonly Line[] | undefined;
  setCart(lines: readonly Line[]): void;
  /** With `profile` all of it is in the tab's `sessionStorage`, with less it ends with the page and what was stored is deleted. */
  keep(consent: Consent): void;
}

/** The key in `sessionStorage`. */
export const TAB_MEMORY = 'evershelf-page';

/** Most orders that are remembered, the latest. */
const ORDERS = 20;

export function tabMemory(consent: Consent): TabMemory {
  let orders: readonly string[] = [];
  let lines: readonly Line[] | undefined;
  let stores = false;

  const store = (): void => {
    if (!stores) return;
    const cart = lines?.map(({ found, quantity }) => ({ ids: found.ids, quantity }));
    attempt(() => sessionStorage.setItem(TAB_MEMORY, JSON.stringify({ orders, cart })));
  };
  const keep = (next: Consent): void => {
    stores = next === 'profile';
    if (stores) store();
    else attempt(() => sessionStorage.removeItem(TAB_MEMORY));
  };

  if (consent === 'profile')
    attempt(() => {
      const stored = JSON.parse(sessionStorage.getItem(TAB_MEMORY) ?? '{}') as {
        orders?: readonly string[];
        cart?: readonly { readonly ids: readonly string[]; readonly quantity?: number }[];
      };
      orders = (stored.orders ?? []).filter((order) => typeof order === 'string');
      lines = stored.cart?.flatMap(({ ids, quantity }) => {
        const found = foundOf(ids, {});
        return found === undefined ? [] : [{ found, quantity: Number(quantity) || 1 }];
      });
    });
  keep(consent);

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

/** Storage may be forbidden, full, or hold what somebody else wrote. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {}
}
