import type { Item } from '@evershelf/model';

/** Levels of a category that GA4 has names for. */
const LEVELS = 5;

/**
 * An item as GA4's ecommerce events have it.
 *
 * https://developers.google.com/analytics/devguides/collection/ga4/reference/events#view_item_list_item
 *
 * @param index place in its list, from 0
 */
export function ga4Item(item: Item, index: number): Readonly<Record<string, string | number>> {
  const { id, title, price, category = [], brand } = item;
  const levels = category
    .slice(0, LEVELS)
    .map((name, level) => [`item_category${level === 0 ? '' : level + 1}`, name] as const);
  return {
    item_id: id,
    item_name: title ?? id,
    index,
    ...(price === undefined ? {} : { price }),
    ...(typeof brand === 'string' ? { item_brand: brand } : {}),
    ...Object.fromEntries(levels),
  };
}
