import { h } from '../dom/h.ts';
import { here } from '../shops/here.ts';

/** The shop's name, which leads home. */
export function wordmark(): HTMLElement {
  return h(
    'a',
    { class: 'wordmark', href: '/', 'aria-label': `${here.name}, home` },
    h('img', { src: '/icons/favicon.svg', alt: '', width: 32, height: 32 }),
    h('span', {}, here.name),
  );
}
