import favicon from '../favicon.svg';
import { h } from '../dom/h.ts';

/** The shop's name, which leads home. */
export function wordmark(): HTMLElement {
  return h(
    'a',
    { class: 'wordmark', href: '/', 'aria-label': 'Quincebury, home' },
    h('img', { src: favicon, alt: '', width: 32, height: 32 }),
    h('span', {}, 'Quincebury'),
  );
}
