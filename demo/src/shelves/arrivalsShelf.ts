import type { Item } from 'evershelf';
import type { Shop } from '../app/Shop.ts';
import { h } from '../dom/h.ts';
import { shelf } from './shelf.ts';

/** Room for the shelf of products that were listed just now; there is none while nothing was. */
export function arrivalsShelf(
  shop: Shop,
  signal: AbortSignal,
  belongs: (item: Item) => boolean = () => true,
): HTMLElement {
  const room = h('div', { class: 'arrivals' });
  const update = (): void => {
    const ids = shop.arrivals.announced.filter(belongs).map(({ id }) => id);
    if (ids.length === 0) return;
    const where = { id: { in: ids } };
    const there = room.firstElementChild;
    if (there) return there.setAttribute('where', JSON.stringify(where));
    room.append(
      shelf({
        name: 'new-arrivals',
        placement: 'home',
        title: 'Just arrived',
        note: 'Listed a moment ago, and already in its place.',
        where,
        repeat: true,
      }),
    );
  };
  update();
  shop.arrivals.changed.on(update, signal);
  return room;
}
