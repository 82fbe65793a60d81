import type { Shop } from '../app/Shop.ts';
import { h } from '../dom/h.ts';
import { plural } from '../dom/plural.ts';
import { categoryChips } from './categoryChips.ts';
import { messagePage } from './messagePage.ts';
import type { Page } from './Page.ts';
import { ProductGrid } from './ProductGrid.ts';

export function searchPage(shop: Shop, words: string): Page {
  const { categories, items } = shop.catalogue.search(words);
  const title = `Search: ${words}`;
  if (items.length === 0) {
    const note = h('p', {}, 'Try fewer or other words, such as “yogurt” or “apples”.');
    return {
      title,
      element: h('div', { class: 'page' }, messagePage('pretzel', `Nothing for “${words}”`, note)),
    };
  }
  const grid = new ProductGrid(shop);
  grid.show(items);
  const element = h(
    'div',
    { class: 'page' },
    h(
      'div',
      { class: 'page-head' },
      h('h1', {}, `“${words}”`),
      h('p', { class: 'page-count' }, plural(items.length, 'product')),
    ),
    categories.length > 0 && categoryChips('Categories found', categories),
    grid.element,
  );
  return { title, element };
}
