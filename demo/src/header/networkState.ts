import type { Shop } from '../app/Shop.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';

/** Says whether the shop is on the network. */
export function networkState(shop: Shop): HTMLElement {
  const element = h('p', { class: 'network', 'data-testid': 'network-state', role: 'status' });
  const update = (): void => {
    const state = shop.storefront.shelf.status().offline ? 'offline' : 'online';
    if (element.dataset['state'] === state) return;
    element.dataset['state'] = state;
    element.replaceChildren(icon(state), h('span', {}, state === 'offline' ? 'Offline' : 'Online'));
    element.title =
      state === 'offline' ? 'The shop goes on with what this device holds.' : 'The shop is on the network.';
  };
  update();
  shop.changed.on(update);
  return element;
}
