import type { Item } from 'evershelf';
import type { Shop } from '../app/Shop.ts';
import { slug } from '../catalogue/slug.ts';
import { h } from '../dom/h.ts';
import { plural } from '../dom/plural.ts';
import { arrivalsShelf } from '../shelves/arrivalsShelf.ts';
import { shelf } from '../shelves/shelf.ts';
import { categoryChips } from './categoryChips.ts';
import { crumbs } from './crumbs.ts';
import { missingPage } from './missingPage.ts';
import type { Page } from './Page.ts';
import { ProductGrid } from './ProductGrid.ts';

const ORDERS: Readonly<Record<string, (a: Item, b: Item) => number>> = {
  'Name, A to Z': (a, b) => (a.title ?? '').localeCompare(b.title ?? ''),
  'Price, low to high': (a, b) => (a.price ?? Infinity) - (b.price ?? Infinity),
  'Price, high to low': (a, b) => (b.price ?? 0) - (a.price ?? 0),
};

export function categoryPage(shop: Shop, address: readonly string[], signal: AbortSignal): Page {
  const category = shop.catalogue.category(address);
  if (!category) return missingPage('This category is not in the shop.');

  const { path, name, items, children } = category;
  const belongs = (item: Item): boolean => path.every((level, depth) => item.category?.[depth] === level);
  const grid = new ProductGrid(shop);
  const order = h(
    'select',
    { id: 'order', onchange: () => grid.show(items.toSorted(ORDERS[order.value])) },
    ...Object.keys(ORDERS).map((label) => h('option', {}, label)),
  );
  grid.show(items.toSorted(ORDERS[order.value]));

  const element = h(
    'div',
    { class: 'page' },
    crumbs(path),
    h(
      'div',
      { class: 'page-head' },
      h('h1', {}, name),
      h('p', { class: 'page-count' }, plural(items.length, 'product')),
    ),
    children.length > 0 && categoryChips(`Categories in ${name}`, children, true),
    arrivalsShelf(shop, signal, belongs),
    shelf({
      name: `category-${path.map(slug).join('-')}`,
      placement: 'category',
      title: `Picked for you in ${name}`,
      where: { category: { in: [path] } },
    }),
    h(
      'section',
      { class: 'all', 'aria-labelledby': 'all-title' },
      h(
        'div',
        { class: 'all-head' },
        h('h2', { id: 'all-title' }, `All of ${name}`),
        h('label', { class: 'order', for: 'order' }, 'Sort by ', order),
      ),
      grid.element,
    ),
  );
  return { title: name, state: { placement: 'category', category: path }, element };
}
