import type { RecommendOptions } from 'evershelf';
import type { Shop } from '../app/Shop.ts';
import { departmentHue } from '../catalogue/departmentHue.ts';
import { slug } from '../catalogue/slug.ts';
import { h } from '../dom/h.ts';
import { addressOf } from '../router/addressOf.ts';
import { arrivalsShelf } from '../shelves/arrivalsShelf.ts';
import { ShelfGroup } from '../shelves/ShelfGroup.ts';
import type { ShelfSpec } from '../shelves/ShelfSpec.ts';
import type { Page } from './Page.ts';

const FRESH = ['Bakery', 'Deli', 'Fresh meat', 'Fresh seafood', 'Fruit & vegetables', 'Salad bar'];
/** Departments that a shopper without habits sees. */
const USUAL = ['Grocery', 'Natural foods', 'Household & health'];

export function homePage(shop: Shop, signal: AbortSignal): Page {
  const group = new ShelfGroup(shop, signal);
  const favourites = [...new Set([...shop.habits.departments, ...USUAL])].slice(0, 3);
  const element = h(
    'div',
    { class: 'page' },
    hero(),
    departmentRail(shop),
    group.add(arrivalsShelf(shop)),
    group.add(forYou(shop)),
    group.add(buyAgain(shop)),
    group.add(trending(shop)),
    ...favourites.map((department) => group.add(favourite(department))),
  );
  return { title: 'Groceries', element };
}

function hero(): HTMLElement {
  const pictures = [
    'avocado',
    'cherries',
    'leafy-green',
    'tomato',
    'grapes',
    'watermelon',
    'broccoli',
    'fish',
  ];
  return h(
    'section',
    { class: 'hero' },
    h(
      'div',
      { class: 'hero-text' },
      h('h1', {}, 'The good grocer that never follows you home'),
      h(
        'p',
        {},
        'Every shelf is ranked for you, here in your browser. What you look at and buy stays on this device.',
      ),
    ),
    h(
      'div',
      { class: 'hero-pictures', 'aria-hidden': 'true' },
      ...pictures.map((name) =>
        h('img', { src: `/products/${name}.svg`, alt: '', width: 92, height: 92, decoding: 'async' }),
      ),
    ),
  );
}

function departmentRail(shop: Shop): HTMLElement {
  return h(
    'nav',
    { class: 'rail', 'aria-label': 'Shop by department' },
    h(
      'ul',
      { class: 'rail-list', role: 'list' },
      ...shop.catalogue.departments.map(({ name, path, picture }) =>
        h(
          'li',
          {},
          h(
            'a',
            { class: 'rail-link', href: addressOf.category(path), style: `--hue: ${departmentHue(name)}` },
            h(
              'span',
              { class: 'rail-picture' },
              h('img', { src: `/${picture ?? 'products/package.svg'}`, alt: '', width: 44, height: 44 }),
            ),
            name,
          ),
        ),
      ),
    ),
  );
}

const forYou = (shop: Shop): ShelfSpec => ({
  name: 'for-you',
  title: () => 'For you',
  note: () =>
    shop.shelf.status().profile.events > 0
      ? 'From what you looked at and bought here.'
      : 'What most shoppers take, until you have looked around.',
  options: () => ({}),
  empty: 'Nothing to recommend yet.',
});

const buyAgain = (shop: Shop): ShelfSpec => ({
  name: 'buy-again',
  title: () => 'Buy it again',
  note: () => 'What you took home before, the likeliest next.',
  variety: false,
  options: () => {
    const { bought } = shop.habits;
    return bought.size > 0 ? { intent: 'again', rules: { where: { id: { in: [...bought] } } } } : undefined;
  },
});

const trending = (shop: Shop): ShelfSpec => ({
  name: 'trending',
  title: () => 'From the fresh counters',
  note: () => 'Fruit and vegetables, bread, deli, meat and fish.',
  fresh: true,
  options: () => (shop.habits.bought.size > 0 ? undefined : within(FRESH)),
});

const favourite = (department: string): ShelfSpec => ({
  name: `department-${slug(department)}`,
  title: () => department,
  more: addressOf.category([department]),
  fresh: true,
  options: () => within([department]),
});

const within = (departments: readonly string[]): RecommendOptions => ({
  rules: { where: { category: { in: departments.map((department) => [department]) } } },
});
