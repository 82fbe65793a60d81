import type { Item } from 'evershelf';
import type { CartLine } from '../app/Cart.ts';
import type { Shop } from '../app/Shop.ts';
import { announce } from '../dom/announce.ts';
import { h } from '../dom/h.ts';
import { money } from '../dom/money.ts';
import { placeChildren } from '../dom/placeChildren.ts';
import { plural } from '../dom/plural.ts';
import { setText } from '../dom/setText.ts';
import { ShelfGroup } from '../shelves/ShelfGroup.ts';
import { CartLineView } from './CartLineView.ts';
import { messagePage } from './messagePage.ts';
import type { Page } from './Page.ts';

export function cartPage(shop: Shop, signal: AbortSignal): Page {
  const { cart } = shop;
  const itemOf = ({ id }: CartLine): Item =>
    shop.catalogue.item(id) ?? shop.arrivals.announced.find((item) => item.id === id) ?? { id };
  const views = new Map<string, CartLineView>();
  const list = h('ul', { class: 'lines', role: 'list' });
  const count = h('p', { class: 'page-count' });
  const total = h('p', { class: 'summary-total', 'data-testid': 'cart-total' });
  const checkout = h(
    'button',
    { class: 'button button-large', type: 'button', 'data-testid': 'checkout', onclick: () => buy() },
    'Check out',
  );
  const filled = h(
    'div',
    { class: 'page-section' },
    h('div', { class: 'page-head' }, h('h1', {}, 'Your cart'), count),
    h(
      'div',
      { class: 'cart' },
      list,
      h(
        'aside',
        { class: 'summary', 'aria-label': 'Total' },
        h('p', { class: 'summary-label' }, 'Total'),
        total,
        checkout,
        h('p', { class: 'summary-note' }, 'An invented shop: nothing is charged or sent.'),
      ),
    ),
  );
  const start = h('a', { class: 'button', href: '/' }, 'Start shopping');
  const empty = messagePage('shopping-cart', 'Your cart is empty', start);
  const top = h('div', {});

  const update = (): void => {
    const { lines } = cart;
    const items = lines.map(itemOf);
    for (const [place, line] of lines.entries()) {
      const view = views.get(line.id) ?? new CartLineView(shop, line);
      views.set(line.id, view);
      view.update(line, items[place]!);
    }
    placeChildren(
      list,
      lines.map(({ id }) => views.get(id)!.element),
    );
    const sum = lines.reduce(
      (before, { quantity }, place) => before + quantity * (items[place]!.price ?? 0),
      0,
    );
    setText(count, plural(cart.count, 'piece'));
    setText(total, money(sum));
    const shown = top.firstElementChild;
    if (lines.length > 0 && shown !== filled) top.replaceChildren(filled);
    if (lines.length === 0 && shown !== thanks) top.replaceChildren(empty);
  };

  const thanks = messagePage(
    'shopping-bags',
    'Thank you!',
    h('p', {}, 'Your shelves have learnt from it already. Nothing was charged.'),
    h('a', { class: 'button', href: '/' }, 'Keep shopping'),
  );
  const buy = (): void => {
    shop.track('purchase', cart.lines);
    top.replaceChildren(thanks);
    cart.clear();
    announce('Thank you. Your order is placed.');
    thanks.querySelector('a')!.focus();
  };

  update();
  cart.changed.on(update, signal);
  shop.changed.on(update, signal);
  const group = new ShelfGroup(shop, signal);
  cart.changed.on(() => group.refresh(), signal);
  const element = h(
    'div',
    { class: 'page' },
    top,
    group.add({
      name: 'before-you-go',
      title: () => (cart.count > 0 ? 'Before you go' : 'To begin with'),
      note: () => (cart.count > 0 ? 'What you may have forgotten.' : 'What you are likeliest to want.'),
      options: () => ({ exclude: cart.lines.map(({ id }) => id) }),
    }),
  );
  return { title: 'Your cart', element };
}
