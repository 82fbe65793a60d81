import type { Intent, Item } from 'evershelf';
import type { PlacementName } from 'evershelf/storefront';
import { type Child, h } from '../dom/h.ts';
import { CARD } from './cardTemplate.ts';

/** A shelf as a page asks for it. */
export interface ShelfOptions {
  readonly name: string;
  readonly placement: PlacementName;
  readonly title: string;
  /** A line below the title. */
  readonly note?: string | HTMLElement;
  /** Address of a page that has more of the same. */
  readonly more?: string;
  readonly intent?: Intent;
  /** Conditions that its products meet, as the rules of a shelf have them. */
  readonly where?: object | undefined;
  /** True to show several products of one title, and what other shelves of the page show; many of the shop's products share one. */
  readonly repeat?: boolean;
  /** True for a shelf of the whole shop, of which one category shall not take more than three places. */
  readonly mixed?: boolean;
  /** Products that are shown nowhere on it. */
  readonly exclude?: readonly string[];
}

/** Products on a shelf. */
const SIZE = 12;
const ONE_OF_A_TITLE = { by: 'title', most: 1 };
const FEW_OF_A_KIND = { by: 'category', most: 3 };

/** A row of recommended products, which fills itself. */
export function shelf(options: ShelfOptions, ...children: readonly Child[]): HTMLElement {
  const { name, placement, title, note, more, intent, where, repeat, mixed, exclude } = options;
  return h(
    'evershelf-shelf',
    {
      class: 'shelf',
      'data-testid': 'shelf',
      'data-shelf': name,
      name,
      placement,
      count: SIZE,
      intent,
      template: CARD,
      where: where && JSON.stringify(where),
      rules: repeat
        ? undefined
        : JSON.stringify({ caps: mixed ? [ONE_OF_A_TITLE, FEW_OF_A_KIND] : [ONE_OF_A_TITLE] }),
      repeat,
      exclude: exclude?.join(' '),
    },
    h(
      'div',
      { slot: 'heading', class: 'shelf-head' },
      h('h2', { class: 'shelf-title' }, title),
      (note !== undefined || more !== undefined) &&
        h(
          'p',
          { class: 'shelf-note' },
          note,
          note !== undefined && more !== undefined && ' ',
          more && h('a', { class: 'shelf-more', href: more, 'aria-label': `See all of ${title}` }, 'See all'),
        ),
    ),
    ...children,
  );
}

/** Products below a department, or below any of several. */
export const within = (departments: readonly string[]): object => ({
  category: { in: departments.map((department) => [department]) },
});

/** Products of other kinds than these: what goes with coffee is rarely more coffee. Undefined where no kind is known. */
export function beyond(items: readonly Item[]): object | undefined {
  const kinds = items.flatMap(({ category }) => (category?.length ? [category] : []));
  return kinds.length === 0 ? undefined : { category: { out: kinds } };
}
