import * as fc from 'fast-check';
import { checkItem } from '../../../packages/model/src/index.ts';
import { feedEntries } from '../../../packages/trainer/src/read/feed/readFeed.ts';
import { InputError } from '../../../packages/trainer/src/read/InputError.ts';
import { editedBytes, wordsBytes } from '../arbitraries.ts';
import { NOW } from '../checkShelves.ts';
import type { OpenTarget, Target } from '../Target.ts';
import { bytesOf } from '../texts.ts';

const RSS = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><g:id>1</g:id><title>Tea &amp; more</title><link>https://shop.example/1</link><g:price>12.50 EUR</g:price>
<g:sale_price>10,00 €</g:sale_price><g:sale_price_effective_date>2026-10-01T08:00+0100/2026-12-01</g:sale_price_effective_date>
<g:availability>in stock</g:availability><g:product_type>Food &gt; Tea, Food &gt; Hot</g:product_type>
<g:shipping><g:country>DE</g:country><g:price>4 EUR</g:price></g:shipping><g:color>red/blue</g:color></item>
<item><g:id>2</g:id><title><![CDATA[Té]]></title><g:expiration_date>2026-01-01</g:expiration_date></item>
</channel></rss>`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>
<entry><g:id>1</g:id><title>Tea</title><link rel="alternate" href="https://shop.example/1"/><g:price>1.5 USD</g:price></entry></feed>`;
const TABLE = `id\ttitle\tlink\timage_link\tprice\tavailability\tproduct type\tgtin\tmulti pack
1\t"Tea ""loose"""\thttps://shop.example/1\thttps://shop.example/1.jpg\t1.50 EUR\tin_stock\tFood > Tea\t0012345\t3
2\tCoffee\t\t\t2,50 EUR\tout of stock\t\t\t
`;

const XML_WORDS = [
  ...[
    '<rss>',
    '</rss>',
    '<channel>',
    '</channel>',
    '<item>',
    '</item>',
    '<feed>',
    '</feed>',
    '<entry>',
    '</entry>',
    '<g:id>',
    '</g:id>',
  ],
  ...[
    '<title>',
    '</title>',
    '<g:price>',
    '</g:price>',
    '<a b="',
    '"',
    "'",
    '/>',
    '>',
    '<',
    '&',
    '&amp;',
    '&#x41;',
    '&#0;',
    '&x;',
    ' xmlns:g="x"',
  ],
  ...[
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE a>',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '<?xml encoding="utf-16"?>',
    '<?php ',
    '?>',
    '\0',
    '1',
    'x',
  ],
];
const TABLE_WORDS = [
  ...[
    'id',
    'title',
    'link',
    'price',
    'sale_price',
    'availability',
    'product_type',
    'expiration_date',
    'color',
    '\t',
    '\t',
    '\t',
    '\n',
    '\n',
    '\r',
  ],
  ...[
    '"',
    '""',
    ',',
    ';',
    '|',
    ' ',
    '1',
    '1.50 EUR',
    '€ 1.234,5',
    'in stock',
    'a > b',
    '2026-01-01/2027-01-01T00:00Z',
    '2026-99-99',
    '\uFEFF',
    '\0',
  ],
];

async function run(input: Uint8Array): Promise<void> {
  try {
    // In two pieces, as it comes from a disk or the network.
    const half = input.length >> 1;
    for await (const entry of feedEntries([input.subarray(0, half), input.subarray(half)], 'fuzzed', NOW)) {
      if (!(entry.line >= 1)) throw new Error(`found line ${entry.line}`);
      if ('item' in entry) checkItem(entry.item);
      else if (!entry.message.includes('wanted')) throw new Error(`found ${entry.message}`);
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
}

/** Merchant Center feeds in RSS and Atom. */
export const feedXml: OpenTarget = (): Target => ({
  reads: 'Merchant Center feeds, RSS and Atom',
  drawn: fc.oneof(
    editedBytes(bytesOf(RSS), bytesOf(ATOM)),
    wordsBytes(XML_WORDS).map(begun('<rss><channel><item>')),
  ),
  run,
});

/** Merchant Center feeds as tables. */
export const feedTable: OpenTarget = (): Target => ({
  reads: 'Merchant Center feeds, tables',
  drawn: fc.oneof(editedBytes(bytesOf(TABLE)), wordsBytes(TABLE_WORDS).map(begun('id\ttitle\tprice\n'))),
  run,
});

function begun(head: string): (rest: Uint8Array) => Uint8Array {
  return (rest) => Uint8Array.from([...bytesOf(head), ...rest]);
}
