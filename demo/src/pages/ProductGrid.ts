import type { Item } from 'evershelf';
import type { Shop } from '../app/Shop.ts';
import { h } from '../dom/h.ts';
import { plural } from '../dom/plural.ts';
import { gridCard } from '../shelves/gridCard.ts';

const STEP = 24;

/** Products in rows, some at a time. */
export class ProductGrid {
  readonly element: HTMLElement;
  readonly #shop: Shop;
  readonly #list = h('ul', { class: 'grid', role: 'list' });
  readonly #left = h('p', { class: 'grid-left' });
  readonly #more = h(
    'button',
    { class: 'button button-quiet', type: 'button', 'data-testid': 'load-more', onclick: () => this.#grow() },
    'Load more',
  );
  #items: readonly Item[] = [];

  constructor(shop: Shop) {
    this.#shop = shop;
    this.element = h('div', {}, this.#list, h('div', { class: 'grid-end' }, this.#left, this.#more));
  }

  show(items: readonly Item[]): void {
    this.#items = items;
    this.#list.replaceChildren();
    this.#grow();
  }

  #grow(): void {
    const from = this.#list.childElementCount;
    const cards = this.#items.slice(from, from + STEP).map((item) => gridCard(this.#shop, item));
    this.#list.append(...cards);
    if (from > 0) cards[0]?.querySelector('a')?.focus({ preventScroll: true });
    const shown = this.#list.childElementCount;
    this.#left.textContent = `${shown} of ${plural(this.#items.length, 'product')}`;
    this.#more.hidden = shown >= this.#items.length;
  }
}
