import { evershelf } from 'evershelf';
import { Catalogue } from '../catalogue/Catalogue.ts';
import { itemTitle } from '../catalogue/itemTitle.ts';
import { h } from '../dom/h.ts';
import { toast } from '../dom/toast.ts';
import { Arrivals } from './Arrivals.ts';
import type { Cart } from './Cart.ts';
import { Emitter } from './Emitter.ts';
import { Habits } from './Habits.ts';
import { Ranking } from './Ranking.ts';
import type { Shop } from './Shop.ts';

/** Loads the model and the catalogue, and joins them to the cart. */
export async function openShop(cart: Cart): Promise<Shop> {
  const shelf = await evershelf({ model: '/model/', kv: '/kv', consent: 'profile', refresh: 3000 });
  const catalogue = new Catalogue(shelf);
  const changed = new Emitter();
  const habits = new Habits();
  const arrivals = new Arrivals();
  const itemOf = (id: string) =>
    catalogue.item(id) ?? arrivals.announced.find((item) => item.id === id) ?? { id };

  shelf.on('improved', () => {
    catalogue.expire();
    changed.emit();
  });
  shelf.on('network', () => changed.emit());
  arrivals.changed.on(() => changed.emit());
  addEventListener('pagehide', (event) => {
    if (!event.persisted) shelf.close();
  });

  const track: Shop['track'] = (kind, lines) => {
    shelf.track(lines.map(({ id, quantity }) => ({ item: itemOf(id), kind, quantity })));
    for (const { id } of lines) habits.add(kind, itemOf(id));
    changed.emit();
  };

  return {
    shelf,
    ranking: new Ranking(shelf),
    catalogue,
    cart,
    habits,
    arrivals,
    changed,
    track,
    addToCart(id, quantity = 1) {
      cart.add(id, quantity);
      track('cart', [{ id, quantity }]);
      toast('note', h('span', {}, `Added: ${itemTitle(itemOf(id))}`), h('a', { href: '/cart' }, 'View cart'));
    },
  };
}
