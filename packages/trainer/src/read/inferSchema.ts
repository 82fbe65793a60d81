import { CATEGORY, type Encoder, type Item, type Schema } from '@evershelf/model';

/** Attributes that only serve to draw a card, or to say which of several alike ones an item is. */
const CARD_ONLY = new Set([
  'id',
  'url',
  'image',
  'inStock',
  'availability',
  'list_price',
  'item_group_id',
  'product_types',
  'product_highlight',
]);
/** So do addresses, whatever they are called. */
const ADDRESS = /^https?:\/\//i;

/** A text attribute with more than this many distinct values for each item is read by its words, or not at all. */
const MANY = 0.6;
const WORDS_MAX = 6;
const LIST_MAX = 6;
const PRICE_BINS = 2;

/**
 * A schema for items that came without one: the category path, then attributes from the most telling to the least
 * (few distinct values first, titles by their words, numbers by bins).
 */
export function inferSchema(items: readonly Item[]): Schema {
  const names = new Map<string, { count: number; distinct: Set<string>; words: number; type: string }>();
  for (const item of items) {
    for (const [name, value] of Object.entries(item)) {
      if (value === undefined || CARD_ONLY.has(name) || name === CATEGORY) continue;
      if (ADDRESS.test(Array.isArray(value) ? (value[0] ?? '') : String(value))) continue;
      const type = Array.isArray(value) ? 'list' : typeof value;
      const seen = names.get(name) ?? { count: 0, distinct: new Set<string>(), words: 0, type };
      seen.count++;
      seen.words += String(value).split(/\s+/).length;
      seen.distinct.add(String(value));
      names.set(name, seen);
    }
  }
  const values: Encoder[] = [];
  const lists: Encoder[] = [];
  const words: Encoder[] = [];
  const bins: Encoder[] = [];
  for (const [attribute, seen] of names) {
    if (seen.distinct.size < 2) continue;
    if (seen.type === 'list') lists.push({ as: 'list', attribute, max: LIST_MAX });
    else if (seen.type === 'number') bins.push({ as: 'bins', attribute, perDoubling: PRICE_BINS });
    else if (
      attribute === 'title' ||
      (seen.distinct.size > MANY * seen.count && seen.words > 2 * seen.count)
    ) {
      words.push({ as: 'words', attribute, max: WORDS_MAX });
    } else if (seen.distinct.size <= MANY * seen.count || seen.type === 'boolean')
      values.push({ as: 'value', attribute });
  }
  const path: Encoder[] = items.some((item) => item.category !== undefined)
    ? [{ as: 'path', attribute: CATEGORY }]
    : [];
  return [...path, ...values, ...lists, ...bins, ...words];
}
