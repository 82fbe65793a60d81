import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { array, assert, asyncProperty, constantFrom, oneof, record, string, uint8Array } from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { InputError, readShop } from '../src/index.ts';
import { readFeed } from '../src/read/feed/readFeed.ts';
import { textRows } from '../src/read/feed/textRows.ts';
import { feedOf, packedFeedOf, rss, tsv } from './feedOf.ts';
import { folderWith } from './syntheticShop.ts';

const DRESS = {
  id: 'sku-1',
  title: 'Linen dress',
  url: 'https://shop.example/dress',
  image: 'https://shop.example/dress.jpg',
  category: ['Home', 'Women', 'Dresses'],
  price: 15,
  currency: 'USD',
  inStock: true,
  availability: 'in_stock',
};
const NAMES = ['id', 'title', 'link', 'image_link', 'product_type', 'price', 'availability'];
const VALUES = [
  DRESS.id,
  DRESS.title,
  DRESS.url,
  DRESS.image,
  'Home > Women > Dresses',
  '15.00 USD',
  'in stock',
];
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const DRESS_XML = NAMES.map((name, k) => `<g:${name}>${escaped(VALUES[k]!)}</g:${name}>`).join('');

const itemOf = async (xml: string, now?: number) =>
  (await feedOf(rss(`<g:id>1</g:id><g:title>A</g:title>${xml}`), now))[0];

describe('reading a Merchant Center feed', () => {
  it.each([
    ['RSS', rss(DRESS_XML)],
    ['RSS with another prefix', rss(DRESS_XML).replaceAll('g:', 'shop:')],
    ['RSS that forgot what its prefix stands for', rss(DRESS_XML).replace(/ xmlns:g="[^"]*"/, '')],
    ['RSS without a prefix', rss(DRESS_XML.replaceAll('g:', ''))],
    [
      'Atom',
      `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>A shop</title><entry>
       <id>tag:shop.example,2026:1</id><updated>2026-01-01T00:00:00Z</updated>${DRESS_XML.replace(/<g:link>.*<\/g:link>/, '')}
       <link rel="alternate" href="${DRESS.url}"/></entry></feed>`,
    ],
    ['a table with tabs', tsv(NAMES, VALUES)],
    [
      'a table with a byte order mark, quotes and Windows line ends',
      `\uFEFF${tsv(
        NAMES,
        VALUES.map((value) => `"${value}"`),
      ).replaceAll('\n', '\r\n')}`,
    ],
    [
      'a table with commas and other spellings',
      `ID,Title,Link,Image Link,Product Type,Price,Availability\n${VALUES.join(',')}\n`,
    ],
    ['UTF-16', Buffer.from(`\uFEFF${tsv(NAMES, VALUES)}`, 'utf16le')],
    [
      'another encoding that is declared',
      Buffer.from(rss(DRESS_XML).replace('UTF-8', 'ISO-8859-1'), 'latin1'),
    ],
  ])('takes %s', async (_, feed) => {
    const [{ line, ...entry }] = (await feedOf(feed)) as [{ line: number }];
    expect(entry).toEqual({ item: DRESS, refused: [] });
    expect(line).toBeGreaterThanOrEqual(1);
  });

  it('takes gzip whatever the file is called', async () => {
    expect(await packedFeedOf(rss(DRESS_XML))).toMatchObject([{ item: DRESS }]);
  });

  it('takes a table of several megabytes as fast as it is asked, and no faster', async () => {
    const warnings: string[] = [];
    const warned = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', warned);
    onTestFinished(() => void process.off('warning', warned));
    const rows = Array.from({ length: 20_000 }, (_, k) => [`${k}`, `Thing ${k} ${'x'.repeat(200)}`]);
    expect(await feedOf(tsv(['id', 'title'], ...rows))).toHaveLength(rows.length);
    expect(warnings).toEqual([]);
  });

  it('lets go of a feed that nobody reads to its end', async () => {
    let isOver = false;
    const chunks = async function* (): AsyncGenerator<string> {
      try {
        yield 'id\ttitle\n';
        for (let k = 0; k < 1e5; k++) yield `${k}\t${'Thing '.repeat(100)}\n`;
      } finally {
        isOver = true;
      }
    };
    for await (const { fields } of textRows(chunks(), 'feed')) if (fields.get('id')?.[0] === '9') break;
    await vi.waitFor(() => expect(isOver).toBe(true));
  });

  it('takes a feed from its address, with a password', async () => {
    const server = createServer((request, response) => {
      const allowed = ['me:se cret', 'half:50%'].map((login) => `Basic ${btoa(login)}`);
      const isAllowed = allowed.includes(request.headers.authorization!);
      response.writeHead(isAllowed ? 200 : 401).end(isAllowed ? rss(DRESS_XML) : '');
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`;
    const read = async (source: string) => {
      const entries = [];
      for await (const entry of readFeed(source, 0)) entries.push(entry);
      return entries;
    };
    expect(await read(`http://me:se%20cret@${address}`)).toMatchObject([{ item: DRESS }]);
    expect(await read(`http://half:50%@${address}`)).toMatchObject([{ item: DRESS }]);
    const refused = read(`http://you:secret@${address}`);
    await expect(refused).rejects.toThrow(`http://${address}: found status 401, wanted 200 and a feed`);
  });

  it.each([
    ['15.00 USD', { price: 15, currency: 'USD' }],
    ['USD 1,299.50', { price: 1299.5, currency: 'USD' }],
    ['1.299,50 EUR', { price: 1299.5, currency: 'EUR' }],
    ['15,5 €', { price: 15.5, currency: 'EUR' }],
    ['0 usd', { price: 0, currency: 'USD' }],
    ['$15', { price: 15 }],
    ['1.250 KWD', { price: 1.25, currency: 'KWD' }],
    ['1.299 EUR', { price: 1299, currency: 'EUR' }],
    ['1,299.00 USD', { price: 1299, currency: 'USD' }],
    ['1 299,00 €', { price: 1299, currency: 'EUR' }],
    ['1\u00a0299,00\u00a0zł', { price: 1299, currency: 'PLN' }],
    ["1'299.00 CHF", { price: 1299, currency: 'CHF' }],
  ])('reads a price of %s', async (price, wanted) => {
    const found = (await itemOf(`<g:price>${price}</g:price>`)) as { item: object };
    expect(found.item).toEqual({ id: '1', title: 'A', ...wanted });
  });

  it.each([
    ['2026-10-20T00:00+0200/2026-11-05T00:00+0200', 9],
    ['2026-10-20/2026-11-01', 9],
    ['2026-11-02T00:00:00Z/2026-12-01T00:00:00Z', 12],
    ['2026-10-01/2026-10-31', 12],
  ])('takes a sale price within its dates: %s', async (dates, price) => {
    const noon = Date.UTC(2026, 10, 1, 12);
    const xml = `<g:price>12 EUR</g:price><g:sale_price>9 EUR</g:sale_price><g:sale_price_effective_date>${dates}</g:sale_price_effective_date>`;
    const { item } = (await itemOf(xml, noon)) as { item: { price: number; list_price?: number } };
    expect([item.price, item.list_price]).toEqual([price, price === 9 ? 12 : undefined]);
  });

  it.each([
    ['in_stock', true, 'in_stock'],
    ['Out of Stock', false, 'out_of_stock'],
    ['pre-order', true, 'preorder'],
    ['backorder', true, 'backorder'],
    ['https://schema.org/InStock', true, 'in_stock'],
    ['https://schema.org/LimitedAvailability', true, 'in_stock'],
    ['discontinued', false, 'out_of_stock'],
  ])('reads an availability of %s', async (text, inStock, availability) => {
    expect(await itemOf(`<g:availability>${text}</g:availability>`)).toMatchObject({
      item: { inStock, availability },
    });
  });

  it('keeps what else is said of a product, and leaves out how it is shipped and advertised', async () => {
    const xml =
      '<g:brand>Flax</g:brand><g:gtin>0012345678905</g:gtin><g:color>Navy/White</g:color><g:size>38</g:size>' +
      '<g:additional_image_link>https://a/1</g:additional_image_link><g:additional_image_link>https://a/2</g:additional_image_link>' +
      '<g:custom_label_0>7</g:custom_label_0><heel_height>4.5</heel_height><c:sole xmlns:c="http://base.google.com/cns/1.0">cork</c:sole>' +
      '<g:google_product_category>2271</g:google_product_category><g:product_type>Shoes</g:product_type><g:product_type>Sale &gt; Shoes</g:product_type>' +
      '<g:product_detail><g:section_name>Fit</g:section_name><g:attribute_name>Width</g:attribute_name><g:attribute_value>H</g:attribute_value></g:product_detail>' +
      '<g:shipping><g:country>US</g:country><g:price>4 USD</g:price></g:shipping><g:ads_redirect>https://ads</g:ads_redirect><pubDate>today</pubDate>';
    expect(await itemOf(xml)).toMatchObject({
      item: {
        id: '1',
        title: 'A',
        brand: 'Flax',
        gtin: '0012345678905',
        color: ['Navy', 'White'],
        size: '38',
        additional_image_link: ['https://a/1', 'https://a/2'],
        custom_label_0: '7',
        heel_height: 4.5,
        sole: 'cork',
        google_product_category: '2271',
        category: ['Shoes'],
        product_types: ['Shoes', 'Sale > Shoes'],
        product_detail: 'Fit:Width:H',
      },
    });
    expect(Object.keys(((await itemOf(xml)) as { item: object }).item)).toHaveLength(14);
  });

  it('takes the category of Google where the shop names none', async () => {
    const xml = '<g:google_product_category>Apparel &amp; Accessories &gt; Shoes</g:google_product_category>';
    expect(await itemOf(xml)).toMatchObject({ item: { category: ['Apparel & Accessories', 'Shoes'] } });
  });

  it.each([
    ['price', 'ask us', 'an amount and a currency such as 15.00 USD'],
    ['price', '10.00 - 20.00 USD', 'an amount'],
    ['availability', 'perhaps', 'in_stock, out_of_stock, preorder or backorder'],
    ['sale_price', 'half', 'an amount'],
    ['expiration_date', 'soon', 'a time such as'],
  ])('leaves out of an item a %s of %s, and says so', async (name, text, wanted) => {
    const entry = await itemOf(`<g:${name}>${text}</g:${name}><g:color>red</g:color>`);
    expect(entry).toEqual({
      line: 3,
      item: { id: '1', title: 'A', color: 'red' },
      refused: [
        {
          what: `values of ${name} that cannot be read`,
          message: expect.stringContaining(`${name}: found "${text}", wanted ${wanted}`),
        },
      ],
    });
  });

  it('is at its price where the dates of its sale cannot be read', async () => {
    const sale = '<g:sale_price>9 EUR</g:sale_price>';
    const dates = '<g:sale_price_effective_date>May</g:sale_price_effective_date>';
    const entry = await itemOf(`<g:price>12 EUR</g:price>${sale}${dates}`);
    expect(entry).toMatchObject({
      item: { price: 12 },
      refused: [{ message: expect.stringMatching(/^sale_price_effective_date: found "May"/) }],
    });
  });

  it('leaves out what no item can have', async () => {
    const entry = await itemOf(`<g:link>https://shop.example/${'a'.repeat(5000)}</g:link>`);
    expect(entry).toMatchObject({
      item: { id: '1', title: 'A' },
      refused: [{ what: 'values that an item cannot have', message: expect.stringMatching(/^url: found/) }],
    });
  });

  it('says what is wrong with a row, and takes the others', async () => {
    const bad = [
      ['<g:title>No id</g:title>', undefined, /^id: found none, wanted the id/],
      ['<g:id>2</g:id>', '2', /^title: found none/],
      [
        '<g:id>5</g:id><g:title>Salt & vinegar</g:title>',
        '5',
        /^found an & that begins no entity in line 5, wanted &amp;/,
      ],
      [
        '<g:id>6</g:id><g:title>Open',
        '6',
        /^found no well-formed XML .* in line 6, wanted each element closed/,
      ],
      [
        '<g:id>7</g:id><g:title>G</g:title><g:expiration_date>2020-01-01</g:expiration_date>',
        '7',
        /^expiration_date: found 2020-01-01/,
      ],
    ] as const;
    const entries = await feedOf(rss(...bad.map(([xml]) => xml), DRESS_XML));
    expect(entries).toHaveLength(bad.length + 1);
    bad.forEach(([, id, message], k) =>
      expect(entries[k]).toMatchObject({ line: k + 3, id, message: expect.stringMatching(message) }),
    );
    expect(entries.at(-1)).toMatchObject({ item: DRESS });
  });

  it.each([
    [
      'a feed that is cut off',
      rss(DRESS_XML).slice(0, -40),
      /line \d+: found the end of the feed, wanted all elements closed/,
    ],
    [
      'an item that is not closed',
      rss(DRESS_XML, DRESS_XML).replace('</item>', ''),
      /line 4: found <item> inside the item of line 3, wanted <\/item>/,
    ],
    ['a page', '<html><body>Not found</body></html>', /line 1: found <html>, wanted <rss> or <feed>/],
    [
      'declared entities',
      `<!DOCTYPE rss [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>${rss(DRESS_XML).slice(38)}`,
      /found declarations of a document type/,
    ],
    [
      'entities from elsewhere',
      `<!DOCTYPE rss SYSTEM "file:///etc/passwd" [<!ENTITY % x SYSTEM "file:///etc/passwd">]>${rss('').slice(38)}`,
      /found declarations/,
    ],
    [
      'a quote that is never closed',
      tsv(['id', 'title'], ['1', '"A'], ['2', 'B']),
      /found a quote that is still open in line \d+, wanted it closed/,
    ],
    ['nothing', ' \n', /found an empty feed, wanted items/],
  ])('refuses %s as a whole', async (_, feed, message) => {
    await expect(feedOf(feed)).rejects.toThrow(message);
  });

  it('reads what any table of texts says, in quotes or without', async () => {
    const text = string({ minLength: 1, maxLength: 20, unit: constantFrom(...'ab "\'<&>,\t\n\rü€') });
    await assert(
      asyncProperty(
        array(record({ title: text, size: text }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
          const feed = tsv(
            ['id', 'title', 'x'],
            ...rows.map(({ title, size }, k) => [`${k}`, quoted(title), quoted(size)]),
          );
          const entries = await feedOf(feed);
          const plain = (value: string): string => value.replaceAll(/\s+/g, ' ').trim();
          expect(
            entries.map((entry) => ('item' in entry! ? entry.item.title : plain(entry!.message))),
          ).toEqual(rows.map(({ title }) => plain(title) || expect.stringMatching('title: found none')));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives items or says why not, whatever the bytes are', async () => {
    const part = constantFrom(
      '<rss>',
      '<item>',
      '</item>',
      '<g:id>',
      '</g:id>',
      'id\ttitle\n',
      '"',
      '&',
      '&amp;',
      '<![CDATA[',
      ']]>',
      '<!--',
      '<!DOCTYPE',
      '\0',
      '\n',
      '\t',
      '1',
      'x',
    );
    const anything = oneof(
      uint8Array({ maxLength: 200 }),
      array(oneof(part, string({ maxLength: 3, unit: 'binary' })), { maxLength: 40 }).map((parts) =>
        Buffer.from(parts.join('')),
      ),
    );
    await assert(
      asyncProperty(anything, async (bytes) => {
        try {
          for (const entry of await feedOf(bytes))
            expect('item' in entry! || entry!.message !== '').toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a shop whose items are a feed', () => {
  it('knows a feed by its attributes, and takes one more format of items', async () => {
    const path = await folderWith({
      'e.csv': 'time,user,item\n1,u,sku-1\n',
      'i.tsv': tsv(
        [...NAMES, 'description'],
        [...VALUES, 'Long words'],
        ['', 'No id', ...VALUES.slice(2)],
        VALUES,
      ),
    });
    const shop = await readShop({ events: [path('e.csv')], items: [path('i.tsv')], map: {} });
    expect(shop.items).toEqual([DRESS]);
    expect(shop.problems).toMatchObject([
      { file: 'i.tsv', what: 'items without an id, left out', count: 1, line: 3 },
      {
        file: 'i.tsv',
        what: 'items with the id of an earlier one, left out',
        count: 1,
        line: 4,
        example: 'sku-1',
      },
    ]);
  });

  it.each([
    ['a folder', ''],
    ['a pattern', 'feed*.tsv'],
  ])('takes feeds of %s', async (_, name) => {
    const path = await folderWith({
      'feed1.tsv': tsv(NAMES, VALUES),
      'feed2.tsv': tsv(NAMES, ['sku-2', ...VALUES.slice(1)]),
    });
    const { items } = await readShop({ items: [path(name)], map: {} });
    expect(items).toEqual([DRESS, { ...DRESS, id: 'sku-2' }]);
  });

  it('refuses a feed beside items that are none', async () => {
    const path = await folderWith({
      'i.xml': rss(DRESS_XML),
      'i.csv': 'id,colour\n1,red\n',
      'e.csv': 'time,user,item\n1,u,1\n',
    });
    const read = readShop({ events: [path('e.csv')], items: [path('i.xml'), path('i.csv')], map: {} });
    await expect(read).rejects.toThrow('i.csv: found no Merchant Center feed beside');
  });
});
