import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';
import { here } from '../shops/here.ts';

/** What the shop is, and the way into the tour. It knows nothing of the catalogue, and so it is there from the first paint on. */
export function hero(openTour: () => void): HTMLElement {
  return h(
    'section',
    { class: 'hero' },
    h(
      'div',
      { class: 'hero-text' },
      h('h1', {}, here.hero.title),
      h('p', {}, here.hero.text),
      h(
        'button',
        { class: 'button hero-tour', type: 'button', 'data-testid': 'start-tour', onclick: openTour },
        icon('compass'),
        'How it works: take the tour',
      ),
    ),
    h(
      'div',
      { class: 'hero-pictures', 'aria-hidden': 'true' },
      ...here.hero.pictures.map((name) =>
        h('img', { src: `/products/${name}.svg`, alt: '', width: 92, height: 92 }),
      ),
    ),
  );
}
