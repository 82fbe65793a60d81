import { type Child, h } from '../dom/h.ts';

/** A page that has a picture, a sentence, and what to do next. */
export function messagePage(picture: string, title: string, ...children: readonly Child[]): HTMLElement {
  return h(
    'div',
    { class: 'message' },
    h('img', { src: `/products/${picture}.svg`, alt: '', width: 96, height: 96 }),
    h('h1', {}, title),
    ...children,
  );
}
