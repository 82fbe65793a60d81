import type { Cart } from '../app/Cart.ts';
import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';

export function cartLink(cart: Cart): HTMLElement {
  const count = h('span', { class: 'cart-count', 'data-testid': 'cart-count' });
  const link = h('a', { class: 'header-button cart-link', href: '/cart' }, icon('cart'), count);
  const update = (): void => {
    count.textContent = String(cart.count);
    count.classList.toggle('cart-count-none', cart.count === 0);
    link.setAttribute('aria-label', `Cart, ${cart.count} ${cart.count === 1 ? 'piece' : 'pieces'}`);
  };
  update();
  cart.changed.on(update);
  return link;
}
