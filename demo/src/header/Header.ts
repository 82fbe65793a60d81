import type { Cart } from '../app/Cart.ts';
import type { Shop } from '../app/Shop.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import type { PanelSwitch } from '../panel/PanelSwitch.ts';
import type { Router } from '../router/Router.ts';
import { cartLink } from './cartLink.ts';
import { departmentLinks } from './departmentLinks.ts';
import { networkState } from './networkState.ts';
import { SearchBox } from './SearchBox.ts';
import { wordmark } from './wordmark.ts';

/** Name, search, cart and departments. It stands before the shop is open, and is filled in then. */
export class Header {
  readonly #search: SearchBox;
  readonly #network = h('div', { class: 'header-network' });
  readonly #departments = h('div', { class: 'header-departments' });

  constructor(element: HTMLElement, cart: Cart, router: Router, panel: PanelSwitch) {
    this.#search = new SearchBox(router);
    const panelButton = h(
      'button',
      {
        class: 'header-button',
        type: 'button',
        title: 'Under the shelf',
        'aria-label': 'Under the shelf',
        'aria-controls': 'panel',
        'data-testid': 'panel-toggle',
        onclick: () => panel.set(!panel.open),
      },
      icon('layers'),
    );
    panel.changed.on(() => panelButton.setAttribute('aria-expanded', String(panel.open)));
    element.append(
      h(
        'div',
        { class: 'header-bar' },
        wordmark(),
        this.#search.element,
        h('div', { class: 'header-tools' }, this.#network, panelButton, cartLink(cart)),
      ),
      this.#departments,
    );
  }

  ready(shop: Shop): void {
    this.#search.ready(shop);
    this.#network.replaceChildren(networkState(shop));
    this.#departments.replaceChildren(departmentLinks(shop.catalogue.departments));
  }
}
