import { h } from '../dom/h.ts';
import { skeletonCards } from '../shelves/skeletonCards.ts';
import { here } from '../shops/here.ts';
import type { Page } from './Page.ts';

/** Grey shelves while the shop opens. */
export function loadingPage(): Page {
  const shelf = (): HTMLElement =>
    h(
      'div',
      { class: 'shelf', 'aria-hidden': 'true' },
      h('div', { class: 'shelf-head' }, h('span', { class: 'skeleton-line skeleton-title' })),
      h('ul', { class: 'shelf-list', role: 'list' }, ...skeletonCards(8)),
    );
  return {
    title: here.sells,
    state: {},
    element: h(
      'div',
      { class: 'page', 'aria-busy': 'true' },
      h('p', { class: 'visually-hidden', role: 'status' }, 'Opening the shop…'),
      h('div', { class: 'hero hero-skeleton', 'aria-hidden': 'true' }),
      shelf(),
      shelf(),
    ),
  };
}
