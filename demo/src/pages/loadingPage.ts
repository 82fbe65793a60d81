import { type Child, h } from '../dom/h.ts';
import type { Route } from '../router/Route.ts';
import { skeletonCards } from '../shelves/skeletonCards.ts';
import { here } from '../shops/here.ts';
import { hero } from './hero.ts';
import type { Page } from './Page.ts';

/** The page of an address while the shop opens: what needs no catalogue, and grey where the rest of it will stand. */
export function loadingPage({ page }: Route, openTour: () => void): Page {
  return {
    title: here.sells,
    state: {},
    element: h(
      'div',
      { class: 'page', 'aria-busy': 'true' },
      h('p', { class: 'visually-hidden', role: 'status' }, 'Opening the shop…'),
      ...(page === 'home' ? [hero(openTour), rail()] : page === 'product' ? [line(), product()] : [line()]),
      shelf(),
      shelf(),
    ),
  };
}

const grey = (name: string, ...children: readonly Child[]): HTMLElement =>
  h('div', { class: name, 'aria-hidden': 'true' }, ...children);

const line = (): HTMLElement => grey('page-head', h('span', { class: 'skeleton-line skeleton-title' }));

const rail = (): HTMLElement =>
  grey(
    'rail',
    h(
      'div',
      { class: 'rail-list' },
      ...Array.from({ length: 12 }, () =>
        h('span', { class: 'rail-link' }, h('span', { class: 'rail-picture rail-skeleton' }), '\u00A0'),
      ),
    ),
  );

const product = (): HTMLElement =>
  grey(
    'product',
    h('div', { class: 'product-picture product-skeleton' }),
    h(
      'div',
      { class: 'product-text' },
      h('span', { class: 'skeleton-line skeleton-title' }),
      h('span', { class: 'skeleton-line skeleton-short' }),
    ),
  );

const shelf = (): HTMLElement =>
  grey(
    'shelf',
    h('div', { class: 'shelf-head' }, h('span', { class: 'skeleton-line skeleton-title' })),
    h('ul', { class: 'shelf-list', role: 'list' }, ...skeletonCards(8)),
  );
