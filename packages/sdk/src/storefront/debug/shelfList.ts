import type { DrawnShelf } from '../measure/DrawnShelf.ts';
import type { Storefront } from '../Storefront.ts';
import { type CardRow, cardRow } from './cardRow.ts';
import { h } from './h.ts';
import type { Highlight } from './highlight.ts';
import { placeChildren } from './placeChildren.ts';
import { setText } from './setText.ts';
import { words } from './words.ts';

interface ShelfPart {
  readonly element: HTMLElement;
  update(shelf: DrawnShelf): void;
}

/** The shelves of the page with their cards. They are changed in place, so that what is open or has the focus stays so. */
export function shelfList(
  storefront: Storefront,
  frame: Highlight,
): { readonly element: HTMLElement; update(): void } {
  const none = h('p', { class: 'small' }, 'No shelf is drawn on this page.');
  const list = h('div', { class: 'shelves' }, none);
  let parts = new Map<Element, ShelfPart>();
  return {
    element: list,
    update() {
      const shelves = storefront.shelves();
      const before = parts;
      parts = new Map();
      for (const shelf of shelves) {
        const part = before.get(shelf.element) ?? shelfPart(storefront, frame, parts.size === 0);
        part.update(shelf);
        parts.set(shelf.element, part);
      }
      placeChildren(list, parts.size === 0 ? [none] : Array.from(parts.values(), ({ element }) => element));
    },
  };
}

function shelfPart(storefront: Storefront, frame: Highlight, open: boolean): ShelfPart {
  const name = h('span', { class: 'shelf-name', dir: 'auto' });
  const about = h('span', { class: 'small' });
  const list = h('ol', { role: 'list' });
  const element = h('details', { class: 'shelf' }, h('summary', {}, name, about), list);
  element.open = open;
  let rows = new Map<string, CardRow>();
  return {
    element,
    update(shelf) {
      const { answer, cards, experiment, placement } = shelf;
      setText(name, shelf.name);
      const said = [
        placement === shelf.name ? undefined : placement,
        words.milliseconds(answer.milliseconds),
        answer.complete ? undefined : 'by what sells, until the model is here',
        experiment === undefined ? undefined : `experiment ${experiment}`,
      ];
      setText(about, said.filter((part) => part !== undefined).join(' · '));
      const before = rows;
      rows = new Map();
      for (const card of cards) {
        const { id } = card.recommended.item;
        const row = before.get(id) ?? cardRow(storefront, frame);
        row.update(shelf, card);
        rows.set(id, row);
      }
      placeChildren(
        list,
        Array.from(rows.values(), (row) => row.element),
      );
    },
  };
}
