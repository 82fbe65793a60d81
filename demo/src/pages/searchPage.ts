import type { Shop } from '../app/Shop.ts';
import { h } from '../dom/h.ts';
import { plural } from '../dom/plural.ts';
import { addressOf } from '../router/addressOf.ts';
import { shelf } from '../shelves/shelf.ts';
import { here } from '../shops/here.ts';
import { categoryChips } from './categoryChips.ts';
import { messagePage } from './messagePage.ts';
import type { Page } from './Page.ts';
import { ProductGrid } from './ProductGrid.ts';

export function searchPage(shop: Shop, words: string): Page {
  const { categories, items } = shop.catalogue.search(words);
  const title = `Search: ${words}`;
  if (items.length === 0) {
    const [one, other] = here.search.examples;
    return {
      title,
      state: { placement: 'search', query: words },
      element: h(
        'div',
        { class: 'page' },
        messagePage(
          'pretzel',
          `Nothing for “${words}”`,
          h('p', {}, 'Try fewer or other words, such as ', searchLink(one), ' or ', searchLink(other), '.'),
        ),
        shelf({
          name: 'instead',
          placement: 'search',
          title: 'But perhaps one of these',
          note: 'What shares a word with it, then what you are likeliest to want.',
        }),
      ),
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
    // Products are found by title, one for each: the counts of categories are of another kind.
    categories.length > 0 && categoryChips('Categories found', categories, false),
    grid.element,
  );
  return { title, state: {}, element };
}

const searchLink = (words: string): HTMLElement => h('a', { href: addressOf.search(words) }, words);
