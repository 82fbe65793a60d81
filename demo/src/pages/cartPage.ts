import type { Shop } from '../app/Shop.ts';
import { itemsOf } from '../app/itemsOf.ts';
import { h } from '../dom/h.ts';
import { money } from '../dom/money.ts';
import { placeChildren } from '../dom/placeChildren.ts';
import { plural } from '../dom/plural.ts';
import { setText } from '../dom/setText.ts';
import { beyond, shelf } from '../shelves/shelf.ts';
import { CartLineView } from './CartLineView.ts';
import { messagePage } from './messagePage.ts';
import type { Page } from './Page.ts';

export function cartPage(shop: Shop, signal: AbortSignal): Page {
  const { cart } = shop;
  const views = new Map<string, CartLineView>();
  const list = h('ul', { class: 'lines', role: 'list' });
  const count = h('p', { class: 'page-count' });
  const total = h('p', { class: 'summary-total', 'data-testid': 'cart-total' });
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
        h(
          'a',
          { class: 'button button-large', href: '/checkout', 'data-testid': 'checkout' },
          'Go to the checkout',
        ),
        h('p', { class: 'summary-note' }, 'An invented shop: nothing is charged or sent.'),
      ),
    ),
  );
  const start = h('a', { class: 'button', href: '/' }, 'Start shopping');
  const empty = messagePage('shopping-cart', 'Your cart is empty', start);
  const top = h('div', {});
  const state = () => ({ placement: 'cart', cart: itemsOf(shop, cart.lines) }) as const;

  const update = (): void => {
    const { lines } = cart;
    const items = itemsOf(shop, lines);
    for (const [place, line] of lines.entries()) {
      const view = views.get(line.id) ?? new CartLineView(shop, line);
      views.set(line.id, view);
      view.update(line, items[place]!);
    }
    placeChildren(
      list,
      lines.map(({ id }) => views.get(id)!.element),
    );
    setText(count, plural(cart.count, 'piece'));
    setText(total, money(shop.cart.totalOf(items)));
    const wanted = lines.length > 0 ? filled : empty;
    if (top.firstElementChild !== wanted) top.replaceChildren(wanted);
  };

  update();
  cart.changed.on(update, signal);
  shop.changed.on(update, signal);
  const isEmpty = cart.count === 0;
  const more = shelf({
    name: 'before-you-go',
    placement: 'cart',
    title: isEmpty ? 'To begin with' : 'Before you go',
    note: isEmpty ? 'What you are likeliest to want.' : 'What you may have forgotten.',
    where: beyond(itemsOf(shop, cart.lines)),
  });
  cart.changed.on(() => {
    more.setAttribute('where', JSON.stringify(beyond(itemsOf(shop, cart.lines)) ?? {}));
    shop.tell(state());
  }, signal);
  const element = h('div', { class: 'page' }, top, more);
  return { title: 'Your cart', state: state(), element };
}
