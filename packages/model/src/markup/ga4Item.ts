import { categoryOf } from './categoryOf.ts';
import { type Found, foundOf } from './Found.ts';
import { priceOf } from './priceOf.ts';
import { textOf } from './textOf.ts';

/**
 * An entry of GA4's `items`, in a data layer or in its BigQuery export, as an item; a product of Universal Analytics too, whose
 * `category` is a path such as `Apparel/T-Shirts`. What belongs to the event and not to the product (quantity, index, list,
 * promotion, coupon, discount, affiliation) is left out; `price` is the discounted one already.
 *
 * @returns undefined where it has neither an id nor a name
 */
export function ga4Item(value: unknown): Found | undefined {
  const entry = entryOf(value);
  const text = (name: string): string | undefined => said(textOf(entry[name]));
  const levels = ['', 2, 3, 4, 5].map((level) => text(`item_category${level}`));
  const ids = ['item_id', 'id', 'sku', 'product_id', 'item_group_id'].map(text);
  const title = text('item_name') ?? text('name');
  // Names are not unique: one is an id where there is no other, as in GA4.
  return foundOf(ids.some((id) => id !== undefined) ? ids : [title], {
    title,
    category: categoryOf(levels) ?? categoryOf(text('category')?.split('/') ?? []),
    brand: text('item_brand') ?? text('brand'),
    variant: text('item_variant') ?? text('variant'),
    price: priceOf(entry['price']),
  });
}

/** What somebody else wrote, to read names of; empty where it is no object. */
export function entryOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** GA4 writes `(not set)` where nothing was said. */
function said(text: string | undefined): string | undefined {
  return text === '(not set)' ? undefined : text;
}
