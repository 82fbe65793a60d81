import * as fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { checkItem } from '../../../packages/model/src/index.ts';
import { readMarkup } from '../../../packages/model/src/markup/index.ts';
import { editedJson, wordsBytes } from '../arbitraries.ts';
import type { OpenTarget } from '../Target.ts';
import { bytesOf, textOf } from '../texts.ts';

const PRODUCT = {
  '@context': 'https://schema.org',
  '@graph': [
    {
      '@type': 'ProductGroup',
      '@id': '#p',
      name: 'Tea',
      brand: { '@type': 'Brand', name: 'Ceylon' },
      category: 'Food > Tea',
      image: ['/a.jpg', { '@type': 'ImageObject', url: '/b.jpg' }],
      offers: {
        '@type': 'AggregateOffer',
        lowPrice: '2.50',
        priceCurrency: 'EUR',
        offers: [{ price: 3, availability: 'https://schema.org/InStock' }],
      },
      hasVariant: [
        {
          '@type': 'Product',
          sku: '1',
          offers: { price: '2,50', priceSpecification: [{ price: 4, priceType: 'ListPrice' }] },
        },
      ],
      additionalProperty: [
        { name: 'grams', value: 100 },
        { propertyID: 'organic', value: true },
      ],
      aggregateRating: { ratingValue: '4.5', reviewCount: 7 },
    },
    {
      '@type': 'BreadcrumbList',
      itemListElement: [
        { position: 1, item: { '@id': '/', name: 'Home' } },
        { position: 2, name: 'Tea', item: '/tea' },
      ],
    },
    { '@type': 'WebSite', url: 'https://shop.example/' },
    { '@type': 'ItemList', itemListElement: [{ '@id': '#p' }] },
  ],
};
const WORDS = [
  ...[
    '<div itemscope>',
    '<div itemscope itemtype="https://schema.org/Product">',
    '<span itemprop="name">',
    '<meta itemprop="price" content="',
    '">',
  ],
  ...[
    '<a itemprop="url" href="/p">',
    '<div itemprop="offers" itemscope itemref="x">',
    '<b id="x" itemprop="sku">',
    '</div>',
    '</span>',
    '</a>',
    '</b>',
  ],
  ...[
    '<meta property="og:type" content="product">',
    '<meta property="product:price:amount" content="',
    '<link rel="canonical" href="',
    '<html lang="',
  ],
  ...[
    '<script type="application/ld+json">',
    '{"@type":"Product","sku":"1"}',
    '</script>',
    '<!--',
    '-->',
    '//<![CDATA[',
    '1,50',
    'Tea',
    '\\',
    '"',
  ],
];

/** Markup of pages: JSON-LD, microdata, Open Graph. All products of it are items. */
export const markup: OpenTarget = () => ({
  reads: 'markup of pages: JSON-LD, microdata, Open Graph',
  drawn: fc.oneof(
    editedJson(PRODUCT, PRODUCT['@graph'][0]).map((json) =>
      bytesOf(`<script type="application/ld+json">${JSON.stringify(json)}</script>`),
    ),
    wordsBytes(WORDS),
  ),
  run(input) {
    const { document } = parseHTML(`<!doctype html><html><head></head><body>${textOf(input)}</body></html>`);
    let before: ReadonlySet<string> | undefined;
    for (const address of ['https://shop.example/p/tea', 'https://shop.example/']) {
      const read = readMarkup(document, { address, before });
      for (const each of [read.product, ...read.products.map(({ product }) => product)])
        if (each !== undefined) checkItem(each.item);
      before = read.parts;
    }
  },
});
