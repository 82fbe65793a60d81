import { inStockOf } from '@evershelf/model/markup';

/** Merchant Center's values that say more than whether a shopper can order, by how they are spelled without case and separators. */
const VALUES: Readonly<Record<string, readonly [string, boolean]>> = {
  availablefororder: ['in_stock', true],
  preorder: ['preorder', true],
  presale: ['preorder', true],
  backorder: ['backorder', true],
};

/**
 * Reads an availability such as `in_stock`, `in stock` or `https://schema.org/InStock`, as pages do where it is none of Merchant
 * Center's; undefined for another text.
 */
export function stockOf(text: string): { availability: string; canOrder: boolean } | undefined {
  const plain = text
    .replace(/^https?:\/\/schema\.org\//i, '')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
  const found = Object.hasOwn(VALUES, plain) ? VALUES[plain] : undefined;
  if (found !== undefined) return { availability: found[0], canOrder: found[1] };
  const canOrder = inStockOf(text);
  return canOrder === undefined
    ? undefined
    : { availability: canOrder ? 'in_stock' : 'out_of_stock', canOrder };
}
