import type { Shop } from '../app/Shop.ts';
import { departmentHue } from '../catalogue/departmentHue.ts';
import { slug } from '../catalogue/slug.ts';
import { h } from '../dom/h.ts';
import { setText } from '../dom/setText.ts';
import { addressOf } from '../router/addressOf.ts';
import { arrivalsShelf } from '../shelves/arrivalsShelf.ts';
import { shelf, within } from '../shelves/shelf.ts';
import { here } from '../shops/here.ts';
import { hero } from './hero.ts';
import type { Page } from './Page.ts';

/** Departments that have a shelf of their own. */
const ALONE = 3;

export function homePage(shop: Shop, signal: AbortSignal): Page {
  const { bought, departments } = shop.habits;
  const favourites = [...new Set([...departments, ...here.first.alone])].slice(0, ALONE);
  const note = h('span', {});
  const explain = (): void => {
    const isNew = shop.storefront.shelf.status().profile.events === 0;
    setText(
      note,
      isNew
        ? 'What most shoppers take, until you have looked around.'
        : 'From what you looked at and bought here.',
    );
  };
  explain();
  shop.changed.on(explain, signal);
  const element = h(
    'div',
    { class: 'page' },
    hero(() => shop.tour.open()),
    departmentRail(shop),
    arrivalsShelf(shop, signal),
    shelf({
      name: 'for-you',
      placement: 'home',
      title: 'For you',
      mixed: true,
      note,
    }),
    bought.size > 0 &&
      shelf({
        name: 'buy-again',
        placement: 'home',
        title: 'Buy it again',
        note: 'What you took home before, the likeliest next.',
        intent: 'again',
        where: { id: { in: [...bought] } },
        repeat: true,
      }),
    bought.size === 0 &&
      shelf({
        name: 'first',
        placement: 'home',
        title: here.first.title,
        note: here.first.note,
        where: within(here.first.departments),
      }),
    ...favourites.map((department) =>
      shelf({
        name: `department-${slug(department)}`,
        placement: 'home',
        title: department,
        more: addressOf.category([department]),
        where: within([department]),
      }),
    ),
  );
  return { title: here.sells, state: { placement: 'home' }, element };
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
              h('img', { src: picture ?? '/products/package.svg', alt: '', width: 44, height: 44 }),
            ),
            name,
          ),
        ),
      ),
    ),
  );
}
