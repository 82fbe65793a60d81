import type { CategoryNode } from '../catalogue/CategoryNode.ts';
import { h } from '../dom/h.ts';
import { addressOf } from '../router/addressOf.ts';

/** As many as are shown before one asks for all. */
const FIRST = 24;

/**
 * Links to categories by name; of very many the largest, until one asks for all.
 *
 * @param counts whether each says how many products it has
 */
export function categoryChips(
  label: string,
  categories: readonly CategoryNode[],
  counts: boolean,
): HTMLElement {
  const bySize = categories.toSorted((a, b) => b.items.length - a.items.length);
  const largest = new Set(bySize.slice(0, FIRST));
  const chips = categories.map((category) =>
    h(
      'li',
      { hidden: !largest.has(category) },
      h(
        'a',
        { class: 'chip', href: addressOf.category(category.path) },
        category.name,
        counts && h('span', { class: 'chip-count' }, String(category.items.length)),
      ),
    ),
  );
  const list = h('ul', { class: 'chips', role: 'list' }, ...chips);
  if (categories.length > FIRST) {
    const showAll = (): void => {
      all.remove();
      const first = chips.find(({ hidden }) => hidden);
      for (const chip of chips) chip.hidden = false;
      first?.querySelector('a')?.focus();
    };
    const text = `All ${categories.length} categories`;
    const all = h('li', {}, h('button', { class: 'chip chip-all', type: 'button', onclick: showAll }, text));
    list.append(all);
  }
  return h('nav', { 'aria-label': label }, list);
}
