import { h } from '../dom/h.ts';
import { shelf } from '../shelves/shelf.ts';
import { messagePage } from './messagePage.ts';
import type { Page } from './Page.ts';

export function missingPage(why = 'There is nothing at this address.'): Page {
  const home = h('a', { class: 'button', href: '/' }, 'Back to the shop');
  return {
    title: 'Not found',
    state: { placement: 'missing' },
    element: h(
      'div',
      { class: 'page' },
      messagePage('takeout-box', 'This shelf is bare', h('p', {}, why), home),
      shelf({
        name: 'instead',
        placement: 'missing',
        title: 'These are not',
        note: 'What comes nearest to the address, and to you.',
      }),
    ),
  };
}
