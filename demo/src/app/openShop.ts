import { openStorefront, type PageState } from 'evershelf/storefront';
import { Catalogue } from '../catalogue/Catalogue.ts';
import { itemTitle } from '../catalogue/itemTitle.ts';
import { h } from '../dom/h.ts';
import { toast } from '../dom/toast.ts';
import { here } from '../shops/here.ts';
import { Arrivals } from './Arrivals.ts';
import type { Cart } from './Cart.ts';
import { Emitter } from './Emitter.ts';
import { Habits } from './Habits.ts';
import { Orders } from './Orders.ts';
import type { Shop } from './Shop.ts';

/** Loads the model and the catalogue, and joins them to the cart. */
export async function openShop(cart: Cart, tour: Shop['tour']): Promise<Shop> {
  const storefront = await openStorefront({
    model: '/model/',
    kv: '/kv',
    consent: 'profile',
    refresh: 3000,
    // Each page says what it is.
    read: false,
  });
  const catalogue = new Catalogue(storefront);
  const changed = new Emitter();
  const habits = new Habits();
  const arrivals = new Arrivals();
  const itemOf = (id: string) =>
    catalogue.item(id) ?? arrivals.announced.find((item) => item.id === id) ?? { id };

  storefront.on('improved', () => {
    catalogue.expire();
    changed.emit();
  });
  let page: PageState = {};
  const tell = (state: PageState): void => {
    page = state;
    const { announced: candidates } = arrivals;
    storefront.setPage({ currency: here.currency, language: here.language, candidates, ...state });
  };
  const tellAgain = (): void => {
    tell(page);
    changed.emit();
  };
  const listen = (): void => void storefront.shelf.on('network', tellAgain);
  listen();
  storefront.on('consent', () => {
    listen();
    changed.emit();
  });
  arrivals.changed.on(tellAgain);
  addEventListener('pagehide', (event) => {
    if (!event.persisted) storefront.close();
  });

  const track: Shop['track'] = (kind, lines) => {
    storefront.track(lines.map(({ id, quantity }) => ({ item: itemOf(id), kind, quantity })));
    for (const { id } of lines) habits.add(kind, itemOf(id));
    changed.emit();
  };

  return {
    storefront,
    catalogue,
    cart,
    habits,
    orders: new Orders(),
    arrivals,
    changed,
    tour,
    tell,
    track,
    addToCart(id, quantity = 1) {
      cart.add(id, quantity);
      track('cart', [{ id, quantity }]);
      toast('note', h('span', {}, `Added: ${itemTitle(itemOf(id))}`), h('a', { href: '/cart' }, 'View cart'));
    },
  };
}
