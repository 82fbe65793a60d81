import type { Shop } from '../app/Shop.ts';
import { itemsOf } from '../app/itemsOf.ts';
import { announce } from '../dom/announce.ts';
import { h } from '../dom/h.ts';
import { money } from '../dom/money.ts';
import { plural } from '../dom/plural.ts';
import { messagePage } from '../pages/messagePage.ts';
import type { Page } from '../pages/Page.ts';
import { addressOf } from '../router/addressOf.ts';
import type { Router } from '../router/Router.ts';
import { here } from '../shops/here.ts';
import { choice } from './choice.ts';
import { field } from './field.ts';
import { orderLines } from './orderLines.ts';

const SLOTS = [
  { name: 'Tomorrow morning', note: 'Between eight and twelve, in theory.' },
  { name: 'Tomorrow evening', note: 'Between five and nine, as it were.' },
  { name: 'Next full moon', note: 'By owl.' },
];

/** Where it goes, when, how it is paid, and a last look: four steps of one form, of which nothing leaves the device. */
export function checkoutPage(shop: Shop, router: Router): Page {
  const { cart } = shop;
  const state = { placement: 'cart', cart: itemsOf(shop, cart.lines) } as const;
  if (cart.count === 0) {
    const start = h('a', { class: 'button', href: '/' }, 'Start shopping');
    const message = messagePage('shopping-cart', 'There is nothing to check out', start);
    return { title: 'Checkout', state, element: h('div', { class: 'page' }, message) };
  }

  const { name, street, town, ways } = here.checkout;
  const fields = {
    name: field('Name', 'name', name),
    street: field('Street', 'street', street),
    town: field('Town', 'town', town),
  };
  const slots = choice('slot', SLOTS);
  const payment = choice('way', ways);
  const total = cart.totalOf(state.cart);
  const review = h('div', { class: 'review' });
  const steps = [
    step('Address', ...Object.values(fields).map(({ element }) => element)),
    step('Time', slots.element),
    step('Payment', payment.element),
    step('Review', review),
  ];
  const marks = steps.map(({ label }, place) =>
    h('li', {}, h('span', { class: 'step-number', 'aria-hidden': 'true' }, String(place + 1)), label),
  );
  const back = h(
    'button',
    { class: 'button button-quiet', type: 'button', onclick: () => show(at - 1) },
    'Back',
  );
  const on = h(
    'button',
    { class: 'button button-large', type: 'submit', 'data-testid': 'checkout-on' },
    'Continue',
  );
  const form = h(
    'form',
    { class: 'checkout-form', autocomplete: 'off', onsubmit: (event: Event) => submit(event) },
    ...steps.map(({ element }) => element),
    h('div', { class: 'checkout-buttons' }, on, back),
  );
  let at = 0;

  function show(place: number): void {
    at = place;
    for (const [each, { element }] of steps.entries()) element.hidden = each !== at;
    for (const [each, mark] of marks.entries()) {
      mark.className = each < at ? 'step-done' : '';
      if (each === at) mark.setAttribute('aria-current', 'step');
      else mark.removeAttribute('aria-current');
    }
    back.hidden = at === 0;
    const isLast = at === steps.length - 1;
    on.textContent = isLast ? `Place the order, ${money(total)}` : 'Continue';
    if (isLast) {
      review.replaceChildren(
        h(
          'dl',
          { class: 'review-facts' },
          fact('To', [fields.name.value(), fields.street.value(), fields.town.value()].join(', ')),
          fact('When', slots.value()),
          fact('Paid with', payment.value()),
        ),
        orderLines(shop, cart.lines),
      );
    }
  }

  function submit(event: Event): void {
    event.preventDefault();
    if (at < steps.length - 1) {
      show(at + 1);
      const { legend, label } = steps[at]!;
      legend.focus();
      return announce(`Step ${at + 1} of ${steps.length}: ${label}`);
    }
    const order = shop.orders.place({
      lines: cart.lines,
      total,
      name: fields.name.value(),
      street: fields.street.value(),
      town: fields.town.value(),
      slot: slots.value(),
      way: payment.value(),
    });
    shop.track('purchase', order.lines);
    cart.clear();
    router.replace(addressOf.order(order.number));
  }

  show(0);
  const element = h(
    'div',
    { class: 'page' },
    h(
      'div',
      { class: 'page-head' },
      h('h1', {}, 'Checkout'),
      h('p', { class: 'page-count' }, plural(cart.count, 'piece')),
    ),
    h('p', { class: 'checkout-note' }, 'All of this is invented, and nothing of it leaves your device.'),
    h(
      'div',
      { class: 'cart' },
      h('div', {}, h('ol', { class: 'checkout-steps', role: 'list', 'aria-label': 'Steps' }, ...marks), form),
      h(
        'aside',
        { class: 'summary', 'aria-label': 'Your order' },
        h('p', { class: 'summary-label' }, 'Total'),
        h('p', { class: 'summary-total' }, money(total)),
        h('a', { class: 'summary-link', href: '/cart' }, 'Change the cart'),
        h('p', { class: 'summary-note' }, 'An invented shop: nothing is charged or sent.'),
      ),
    ),
  );
  return { title: 'Checkout', state, element };
}

interface Step {
  readonly label: string;
  readonly legend: HTMLElement;
  readonly element: HTMLElement;
}

function step(label: string, ...children: readonly HTMLElement[]): Step {
  const legend = h('legend', { tabindex: -1 }, label);
  return { label, legend, element: h('fieldset', { class: 'checkout-step' }, legend, ...children) };
}

function fact(name: string, value: string): HTMLElement {
  return h('div', {}, h('dt', {}, name), h('dd', {}, value));
}
