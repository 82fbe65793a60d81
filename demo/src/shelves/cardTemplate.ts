import { h } from '../dom/h.ts';
import { icon } from '../dom/icon.ts';

/** What `cardTemplate` puts into the page, for shelves to name. */
export const CARD = '#card';

/** A product's card: `evershelf-shelf` fills what has a `data-part`, and the names in braces. */
export function cardTemplate(): HTMLTemplateElement {
  const template = h('template', { id: CARD.slice(1) });
  template.content.append(
    h(
      'li',
      { class: 'card' },
      h(
        'a',
        { class: 'card-link', href: '/product/{id}' },
        h(
          'span',
          { class: 'card-picture' },
          h('img', {
            'data-part': 'image',
            alt: '',
            width: 96,
            height: 96,
            loading: 'lazy',
            decoding: 'async',
          }),
          h('span', { class: 'rung-badge' }),
          h('span', { class: 'card-inspect' }),
        ),
        h('span', { class: 'card-title', 'data-part': 'title' }),
        h('span', { class: 'card-details' }),
      ),
      h('span', { class: 'card-why', 'data-part': 'why' }),
      h(
        'div',
        { class: 'card-foot' },
        h('span', { class: 'card-price', 'data-part': 'price' }),
        h('span', { class: 'card-price-missing' }, 'Price to come'),
        h(
          'button',
          {
            class: 'card-add',
            type: 'button',
            'data-testid': 'quick-add',
            'aria-label': 'Add {title} to cart',
          },
          icon('plus'),
        ),
      ),
    ),
  );
  return template;
}
