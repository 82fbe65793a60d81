import type { Shop } from '../app/Shop.ts';
import { itemsOf } from '../app/itemsOf.ts';
import { h } from '../dom/h.ts';
import { money } from '../dom/money.ts';
import { messagePage } from '../pages/messagePage.ts';
import { missingPage } from '../pages/missingPage.ts';
import type { Page } from '../pages/Page.ts';
import { beyond, shelf } from '../shelves/shelf.ts';
import { orderLines } from './orderLines.ts';

/** An order that was placed here, and what the shelves made of it. */
export function orderPage(shop: Shop, number: string): Page {
  const order = shop.orders.find(number);
  if (!order) return missingPage('This device has no such order.');
  const items = itemsOf(shop, order.lines);
  const element = h(
    'div',
    { class: 'page' },
    messagePage(
      'shopping-bags',
      'Thank you!',
      h(
        'p',
        { 'data-testid': 'order' },
        `Order ${order.number} is placed, as far as an invented shop can. ${order.slot}, to ${order.name}, ${order.street}, ${order.town}. Paid with: ${order.way.toLowerCase()}.`,
      ),
      h('a', { class: 'button', href: '/' }, 'Keep shopping'),
    ),
    h(
      'section',
      { class: 'order-page', 'aria-labelledby': 'order-title' },
      h('h2', { id: 'order-title' }, 'What you took'),
      orderLines(shop, order.lines),
      h('p', { class: 'order-total' }, h('span', {}, 'Total'), h('b', {}, money(order.total))),
      h(
        'p',
        { class: 'summary-note' },
        'Your shelves have learnt from it already, on this device and nowhere else.',
      ),
    ),
    shelf({
      name: 'next-time',
      placement: 'cart',
      title: 'For the next time',
      note: 'What goes with what you took.',
      where: beyond(items),
      exclude: order.lines.map(({ id }) => id),
    }),
  );
  return { title: 'Thank you', state: { cart: [] }, element };
}
