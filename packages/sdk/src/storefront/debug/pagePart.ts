import type { PageState } from '../Storefront.ts';
import { facts } from './facts.ts';
import { h } from './h.ts';

/** What the page is, as it was read or told. */
export function pagePart(): { readonly element: HTMLElement; update(page: PageState): void } {
  const read = facts(
    {
      placement: 'Placement',
      product: 'Product',
      category: 'Category',
      cart: 'Cart',
      query: 'Search',
      currency: 'Currency',
      language: 'Language',
    },
    'rows',
  );
  return {
    element: h('section', { 'aria-label': 'Page' }, h('h3', {}, 'The page, as read'), read.element),
    update({ placement, product, category, cart, query, currency, language }) {
      read.set('placement', placement ?? 'not told');
      read.set('product', product && (product.title ?? product.id));
      read.set('category', category?.join(' › '));
      read.set('cart', cart && (cart.map((item) => item.title ?? item.id).join(', ') || 'empty'));
      read.set('query', query);
      read.set('currency', currency);
      read.set('language', language);
    },
  };
}
