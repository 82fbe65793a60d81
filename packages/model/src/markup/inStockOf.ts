import { textOf } from './textOf.ts';

const IN = new Set([
  'instock',
  'limitedavailability',
  'onlineonly',
  'preorder',
  'presale',
  'backorder',
  'madetoorder',
]);
const OUT = new Set(['outofstock', 'soldout', 'discontinued', 'reserved', 'instoreonly']);

/**
 * Whether something can be ordered, by schema.org's ItemAvailability (`https://schema.org/InStock`, `InStock`) or by Merchant
 * Center's words (`in_stock`, `in stock`); undefined where it says something else. What is sold in stores alone cannot.
 */
export function inStockOf(value: unknown): boolean | undefined {
  const said = textOf(value)
    ?.replace(/\/$/, '')
    .replace(/^.*[/:]/, '')
    .replace(/[\s_-]/g, '')
    .toLowerCase();
  if (said === undefined) return undefined;
  return IN.has(said) || (OUT.has(said) ? false : undefined);
}
