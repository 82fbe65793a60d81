import { h } from '../dom/h.ts';
import { messagePage } from './messagePage.ts';
import type { Page } from './Page.ts';

export function missingPage(why = 'There is nothing at this address.'): Page {
  const home = h('a', { class: 'button', href: '/' }, 'Back to the shop');
  return {
    title: 'Not found',
    element: h(
      'div',
      { class: 'page' },
      messagePage('takeout-box', 'This shelf is bare', h('p', {}, why), home),
    ),
  };
}
