import type { Cart } from '../app/Cart.ts';
import type { Shop } from '../app/Shop.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import type { DrawerSwitch } from '../drawer/DrawerSwitch.ts';
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

  constructor(element: HTMLElement, cart: Cart, router: Router, drawer: DrawerSwitch) {
    this.#search = new SearchBox(router);
    const toggle = h(
      'button',
      {
        class: 'header-button',
        type: 'button',
        title: 'Under the shelves',
        'aria-label': 'Under the shelves',
        'data-testid': 'drawer-toggle',
        onclick: () => void drawer.set(!drawer.open),
      },
      icon('layers'),
    );
    const update = (): void => toggle.setAttribute('aria-expanded', String(drawer.open));
    update();
    drawer.changed.on(update);
    element.append(
      h(
        'div',
        { class: 'header-bar' },
        wordmark(),
        this.#search.element,
        h('div', { class: 'header-tools' }, this.#network, toggle, cartLink(cart)),
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
