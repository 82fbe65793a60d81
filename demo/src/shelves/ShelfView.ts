import type { RecommendedItem } from 'evershelf';
import type { Shop } from '../app/Shop.ts';
import { announce } from '../dom/announce.ts';
import { h } from '../dom/h.ts';
import { placeChildren } from '../dom/placeChildren.ts';
import { setText } from '../dom/setText.ts';
import { slideFrom } from '../dom/slideFrom.ts';
import { CardView } from './CardView.ts';
import { Scroller } from './Scroller.ts';
import type { ShelfSpec } from './ShelfSpec.ts';
import { skeletonCards } from './skeletonCards.ts';

/** A row of recommended products. A new answer changes the cards that are there, by product. */
export class ShelfView {
  readonly element: HTMLElement;
  readonly #shop: Shop;
  readonly #spec: ShelfSpec;
  readonly #title = h('h2', { class: 'shelf-title' });
  readonly #note = h('p', { class: 'shelf-note' });
  readonly #list = h('ul', { class: 'shelf-list', role: 'list' }, ...skeletonCards(7));
  readonly #scroller = new Scroller(this.#list);
  #cards = new Map<string, CardView>();

  constructor(shop: Shop, spec: ShelfSpec) {
    this.#shop = shop;
    this.#spec = spec;
    const id = `shelf-${spec.name}`;
    this.#title.id = id;
    this.element = h(
      'section',
      {
        class: 'shelf',
        'data-testid': 'shelf',
        'data-shelf': spec.name,
        'aria-labelledby': id,
        'aria-busy': 'true',
      },
      h(
        'div',
        { class: 'shelf-head' },
        h('div', { class: 'shelf-heading' }, this.#title, this.#note),
        spec.more && h('a', { class: 'shelf-more', href: spec.more }, 'See all'),
        this.#scroller.element,
      ),
      this.#list,
    );
    this.#label();
  }

  show(items: readonly RecommendedItem[]): void {
    this.#label();
    this.element.removeAttribute('aria-busy');
    this.element.hidden = items.length === 0 && this.#spec.empty === undefined;
    if (items.length === 0) {
      this.#cards.clear();
      const empty = h('li', { class: 'shelf-message' }, this.#spec.empty);
      this.#list.replaceChildren(empty);
      return this.#scroller.update();
    }

    const before = this.#cards;
    const lefts = new Map([...before.values()].map(({ element }) => [element, element.offsetLeft]));
    this.#cards = new Map();
    for (const entry of items) {
      const card = before.get(entry.item.id) ?? new CardView(this.#shop, entry);
      card.update(entry);
      this.#cards.set(entry.item.id, card);
    }
    const order = [...this.#cards.keys()];
    const arrived = order.filter((id) => !before.has(id)).length;
    const moved = order.some((id, place) => [...before.keys()][place] !== id);
    if (!moved && before.size === order.length) return;
    const { scrollLeft } = this.#list;
    placeChildren(
      this.#list,
      [...this.#cards.values()].map(({ element }) => element),
    );
    // A list that snaps would follow the card that it had snapped to.
    this.#list.scrollTo({ left: scrollLeft, behavior: 'instant' });
    this.#scroller.update();
    if (before.size === 0) return;
    slideFrom(lefts);
    if (arrived > 0) announce(`${this.#spec.title()}: ${arrived} of ${order.length} products are new.`);
  }

  /** Says that no answer came; cards that are there stay. */
  fail(retry: () => void): void {
    this.element.removeAttribute('aria-busy');
    this.element.hidden = false;
    if (this.#cards.size > 0) return;
    const again = h('button', { class: 'button button-quiet', type: 'button', onclick: retry }, 'Try again');
    this.#list.replaceChildren(
      h('li', { class: 'shelf-message' }, 'This shelf could not be filled. ', again),
    );
  }

  hide(): void {
    this.element.hidden = true;
  }

  #label(): void {
    setText(this.#title, this.#spec.title());
    setText(this.#note, this.#spec.note?.() ?? '');
  }
}
