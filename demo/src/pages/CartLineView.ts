import type { Item } from 'evershelf';
import type { CartLine } from '../app/Cart.ts';
import type { Shop } from '../app/Shop.ts';
import { departmentHue } from '../catalogue/departmentHue.ts';
import { itemDetails } from '../catalogue/itemDetails.ts';
import { itemTitle } from '../catalogue/itemTitle.ts';
import { h } from '../dom/h.ts';
import { money } from '../dom/money.ts';
import { setText } from '../dom/setText.ts';
import { addressOf } from '../router/addressOf.ts';
import { QuantityStepper } from './QuantityStepper.ts';

/** A product in the cart. */
export class CartLineView {
  readonly element: HTMLLIElement;
  readonly #shop: Shop;
  readonly #stepper: QuantityStepper;
  readonly #picture = h('img', { alt: '', width: 56, height: 56 });
  readonly #title: HTMLAnchorElement;
  readonly #details = h('p', { class: 'line-details' });
  readonly #price = h('p', { class: 'line-price' });

  constructor(shop: Shop, { id, quantity }: CartLine) {
    const item = shop.catalogue.item(id) ?? { id };
    const title = itemTitle(item);
    this.#shop = shop;
    this.#stepper = new QuantityStepper(title, quantity, (now) => shop.cart.set(id, now));
    this.#title = h('a', { href: addressOf.product(id) });
    this.element = h(
      'li',
      { class: 'line', 'data-testid': 'cart-line', 'data-item': id },
      h(
        'div',
        { class: 'line-picture', style: `--hue: ${departmentHue(item.category?.[0])}` },
        this.#picture,
      ),
      h('div', { class: 'line-text' }, this.#title, this.#details),
      this.#stepper.element,
      this.#price,
      h(
        'button',
        {
          class: 'line-remove',
          type: 'button',
          'aria-label': `Remove ${title}`,
          onclick: () => shop.cart.set(id, 0),
        },
        'Remove',
      ),
    );
  }

  update({ quantity }: CartLine, item: Item): void {
    const picture = this.#shop.catalogue.picture(item);
    if (this.#picture.getAttribute('src') !== picture) this.#picture.src = picture;
    setText(this.#title, itemTitle(item));
    setText(this.#details, itemDetails(item));
    setText(this.#price, item.price === undefined ? 'Price to come' : money(item.price * quantity));
    if (this.#stepper.quantity !== quantity) this.#stepper.set(quantity);
  }
}
