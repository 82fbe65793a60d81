/** Merchant Center's values, by how they are spelled without case and separators, and whether a shopper can order. */
const VALUES: Readonly<Record<string, readonly [string, boolean]>> = {
  instock: ['in_stock', true],
  availablefororder: ['in_stock', true],
  outofstock: ['out_of_stock', false],
  soldout: ['out_of_stock', false],
  preorder: ['preorder', true],
  backorder: ['backorder', true],
};

/** Reads an availability such as `in_stock`, `in stock` or `https://schema.org/InStock`; undefined for another text. */
export function stockOf(text: string): { availability: string; canOrder: boolean } | undefined {
  const plain = text
    .replace(/^https?:\/\/schema\.org\//i, '')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
  const found = Object.hasOwn(VALUES, plain) ? VALUES[plain] : undefined;
  return found === undefined ? undefined : { availability: found[0], canOrder: found[1] };
}
