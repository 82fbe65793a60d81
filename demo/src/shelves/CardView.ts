import type { Freshness, Item, Rung } from 'evershelf';
import type { Shop } from '../app/Shop.ts';
import { departmentHue } from '../catalogue/departmentHue.ts';
import { itemDetails } from '../catalogue/itemDetails.ts';
import { itemTitle } from '../catalogue/itemTitle.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import { money } from '../dom/money.ts';
import { setText } from '../dom/setText.ts';
import { addressOf } from '../router/addressOf.ts';
import { freshnesses } from './freshnesses.ts';
import { rungs } from './rungs.ts';

/** What a card shows; a card outside a shelf has no rung. */
export interface CardEntry {
  readonly item: Item;
  readonly rung?: Rung;
  readonly freshness?: Freshness;
  readonly token?: string;
}

/** One product on a shelf or in a grid. It is updated in place, so that neither the focus nor the picture is lost. */
export class CardView {
  readonly element: HTMLLIElement;
  readonly #shop: Shop;
  readonly #picture: HTMLImageElement;
  readonly #title = h('span', { class: 'card-title' });
  readonly #details = h('span', { class: 'card-details' });
  readonly #price = h('span', { class: 'card-price' });
  readonly #add: HTMLButtonElement;
  readonly #badge = h('span', { class: 'rung-badge' });
  readonly #inspect = h('span', { class: 'card-inspect' });
  #shown: CardEntry | undefined;

  constructor(shop: Shop, entry: CardEntry) {
    const { id, category } = entry.item;
    this.#shop = shop;
    this.#picture = h('img', { alt: '', width: 96, height: 96, loading: 'lazy', decoding: 'async' });
    this.#add = h(
      'button',
      { class: 'card-add', type: 'button', 'data-testid': 'quick-add', onclick: () => shop.addToCart(id) },
      icon('plus'),
    );
    this.element = h(
      'li',
      {
        class: 'card',
        'data-testid': entry.rung ? 'card' : 'product',
        'data-item': id,
        style: `--hue: ${departmentHue(category?.[0])}`,
        onanimationend: () => this.element.classList.remove('card-improved', 'card-refreshed'),
      },
      h(
        'a',
        { class: 'card-link', href: addressOf.product(id) },
        h('span', { class: 'card-picture' }, this.#picture, this.#badge, this.#inspect),
        this.#title,
        this.#details,
      ),
      h('div', { class: 'card-foot' }, this.#price, this.#add),
    );
    this.update(entry);
  }

  update(entry: CardEntry): void {
    const before = this.#shown;
    const { item, rung, freshness, token } = entry;
    this.#shown = entry;

    const picture = this.#shop.catalogue.picture(item);
    if (this.#picture.getAttribute('src') !== picture) this.#picture.src = picture;
    if (setText(this.#title, itemTitle(item))) {
      this.#add.setAttribute('aria-label', `Add ${itemTitle(item)} to cart`);
    }
    setText(this.#details, itemDetails(item));
    setText(this.#price, item.price === undefined ? 'Price to come' : money(item.price));
    this.#price.classList.toggle('card-price-missing', item.price === undefined);
    this.#add.disabled = item.inStock === false;
    if (!rung || !freshness) return;

    const improved = before && (before.rung !== rung || before.item.title !== item.title);
    const refreshed = before && before.freshness !== freshness;
    if (before && !improved && !refreshed && before.token === token) return;
    const { dataset, classList } = this.element;
    dataset['rung'] = rung;
    dataset['freshness'] = freshness;
    if (token === undefined) delete dataset['token'];
    else dataset['token'] = token;
    this.#badge.replaceChildren(icon(rung), rungs[rung].label);
    this.#badge.title = rungs[rung].meaning;
    this.#inspect.replaceChildren(
      h('span', { class: `freshness-dot freshness-${freshness}` }),
      h('span', {}, freshnesses[freshness]),
      ...(token ? [h('code', {}, token)] : []),
    );
    if (improved) classList.add('card-improved');
    else if (refreshed) classList.add('card-refreshed');
  }
}
