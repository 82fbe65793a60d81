import { goesByName } from '@evershelf/model/markup';
import type { SeenFeed } from './feedOf.ts';
import type { PageSummary, SeenProduct } from './summaryOf.ts';

const SOURCES = {
  'data-layer': 'data layer',
  'json-ld': 'JSON-LD',
  microdata: 'microdata',
  'open-graph': 'Open Graph',
} as const;

/** What was seen of a shop, for a terminal. */
export function describeShop(
  pages: readonly PageSummary[],
  feeds: readonly SeenFeed[],
  advice: readonly string[],
): string {
  return [
    ...pages.map(describePage),
    ...feeds.map(({ address, kind }) => `${address}\n  a feed for Merchant Center (${kind})\n`),
    ...(advice.length === 0 ? [] : ['What to do', ...advice.map((each) => `  - ${each}`), '']),
  ].join('\n');
}

function describePage(page: PageSummary): string {
  const { dataLayer, consent, policy } = page;
  const at = (isLoad: boolean): string =>
    dataLayer?.events
      .filter(({ atLoad }) => atLoad === isLoad)
      .map(({ event, products }) => (products > 0 ? `${event} (${products})` : event))
      .join(', ') ?? '';
  const rows: [string, string][] = [
    ['title', page.title],
    ...page.products.map((product): [string, string] => [SOURCES[product.source], describeProduct(product)]),
    ['lists', page.listed > 0 ? `${page.listed} products in its markup` : ''],
    ['path', page.path?.join(' > ') ?? ''],
    ['currency', page.currency ?? ''],
    ['language', page.language ?? ''],
    [
      'data layer',
      dataLayer === undefined ? '' : `${dataLayer.name}${at(true) === '' ? '' : `: ${at(true)} as it loads`}`,
    ],
    ['', at(false) === '' ? '' : `${at(false)} in functions, for when something happens`],
    ['', dataLayer?.unread ? `${dataLayer.unread} pushes are made at run time, and were not seen` : ''],
    ['Tag Manager', page.tagManager.join(', ')],
    ['gtag', page.gtag.join(', ')],
    ['consent', [...consent.followed, ...consent.tools].join(', ')],
    [
      'policy',
      policy === undefined
        ? ''
        : policy.needs.length === 0
          ? 'allows what the tag needs'
          : `needs ${policy.needs.length === 1 ? 'a change' : `${policy.needs.length} changes`}`,
    ],
  ];
  const seen = rows.filter(([, text]) => text !== '');
  return [page.address, ...seen.map(([name, text]) => `  ${name.padEnd(12)} ${text}`), ''].join('\n');
}

function describeProduct({ item, currency }: SeenProduct): string {
  const { id, title, category, price, inStock } = item;
  return [
    goesByName(item) ? undefined : `id ${id}`,
    title,
    category?.join(' > '),
    price === undefined ? undefined : `${price}${currency === undefined ? '' : ` ${currency}`}`,
    inStock === undefined ? undefined : inStock ? 'in stock' : 'out of stock',
  ]
    .filter((each) => each !== undefined)
    .join(', ');
}
