import type { Item } from 'evershelf';
import type { Shop } from '../app/Shop.ts';
import { departmentHue } from '../catalogue/departmentHue.ts';
import { itemMaker } from '../catalogue/itemMaker.ts';
import { itemTitle } from '../catalogue/itemTitle.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import { money } from '../dom/money.ts';
import { setText } from '../dom/setText.ts';
import { addressOf } from '../router/addressOf.ts';
import { beyond, shelf } from '../shelves/shelf.ts';
import { crumbs } from './crumbs.ts';
import { missingPage } from './missingPage.ts';
import type { Page } from './Page.ts';
import { QuantityStepper } from './QuantityStepper.ts';

export function productPage(shop: Shop, id: string, signal: AbortSignal): Page {
  const find = (): Item | undefined =>
    shop.catalogue.item(id) ?? shop.arrivals.announced.find((item) => item.id === id);
  const found = find();
  if (!found) return missingPage('This product is not in the shop.');

  shop.track('view', [{ id, quantity: 1 }]);
  const picture = h('img', { alt: '', width: 220, height: 220, fetchpriority: 'high' });
  const title = h('h1', {});
  const details = h('p', { class: 'product-details' });
  const price = h('p', { class: 'product-price' });
  const stepper = new QuantityStepper(itemTitle(found), 1);
  const label = h('span', {});
  const add = h(
    'button',
    {
      class: 'button button-large',
      type: 'button',
      'data-testid': 'add-to-cart',
      onclick: () => {
        shop.addToCart(id, stepper.quantity);
        stepper.set(1);
      },
    },
    icon('cart'),
    label,
  );

  const update = (): void => {
    const item = find() ?? found;
    const source = shop.catalogue.picture(item);
    if (picture.getAttribute('src') !== source) picture.src = source;
    setText(title, itemTitle(item));
    setText(details, itemMaker(item));
    setText(price, item.price === undefined ? 'Price to come' : money(item.price));
    add.disabled = item.inStock === false;
    setText(label, add.disabled ? 'Sold out' : 'Add to cart');
  };
  update();
  shop.changed.on(update, signal);

  const category = found.category ?? [];
  const element = h(
    'div',
    { class: 'page' },
    crumbs(category, true),
    h(
      'article',
      { class: 'product', style: `--hue: ${departmentHue(category[0])}` },
      h('div', { class: 'product-picture' }, picture),
      h(
        'div',
        { class: 'product-text' },
        title,
        details,
        price,
        h('div', { class: 'product-buy' }, stepper.element, add),
      ),
    ),
    shelf({
      name: 'goes-well',
      placement: 'product',
      title: 'Goes well with',
      note: 'What shoppers put into the basket beside it.',
      where: beyond([found]),
    }),
    category.length > 0 &&
      shelf({
        name: 'of-its-kind',
        placement: 'product',
        title: 'Others of its kind',
        more: addressOf.category(category),
        where: { category: { in: [category] } },
      }),
  );
  return { title: itemTitle(found), state: { placement: 'product', product: found }, element };
}
