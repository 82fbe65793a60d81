import { h } from '../dom/h.ts';

/** Grey cards of a card's size. */
export function skeletonCards(count: number): HTMLElement[] {
  return Array.from({ length: count }, () =>
    h(
      'li',
      { class: 'card card-skeleton', 'aria-hidden': 'true' },
      h('span', { class: 'card-picture' }),
      h('span', { class: 'skeleton-line' }),
      h('span', { class: 'skeleton-line skeleton-short' }),
    ),
  );
}
