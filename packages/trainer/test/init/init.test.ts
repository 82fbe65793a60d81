import { once } from 'node:events';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { init, type InitOptions } from '../../src/commands/init.ts';
import { InputError } from '../../src/read/InputError.ts';
import { commandOf } from '../commandOf.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const SHOPS = at('../../../model/test/fixtures/shops');

/** What the command says on stdout and stderr, called as the command line calls it. */
async function run(page?: string, options: Partial<InitOptions> = {}): Promise<{ out: string; err: string }> {
  const out = vi.spyOn(console, 'log').mockImplementation(() => {});
  const err = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    await init(page, { script: '/evershelf.js', model: '/model/', ...options });
    const said = (spy: typeof out): string => spy.mock.calls.flat().join('\n');
    return { out: said(out), err: said(err) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

interface Report {
  readonly pages: readonly {
    readonly address: string;
    readonly products: readonly { source: string; item: object }[];
  }[];
  readonly feeds: readonly object[];
  readonly advice: readonly string[];
  readonly snippet: string;
}
const reportOf = async (page: string, options: Partial<InitOptions> = {}): Promise<Report> =>
  JSON.parse((await run(page, { ...options, json: true })).out) as Report;

/** A shop of five pages, which does not want robots in its /private. */
let server: Server;
let shop: string;
const asked: string[] = [];
beforeAll(async () => {
  const page = (body: string, head = ''): string =>
    `<!doctype html><html lang="en"><head><title>Shop</title>${head}</head><body>${body}</body></html>`;
  const product = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    sku: 'tea',
    name: 'Tea',
    category: 'Drinks',
    image: '/t.jpg',
    offers: { price: 5, priceCurrency: 'EUR' },
  };
  const list = {
    '@context': 'https://schema.org',
    '@type': 'ItemList',
    itemListElement: [{ '@type': 'ListItem', url: '/products/tea' }],
  };
  const jsonLd = (value: object): string =>
    `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
  const files: Record<string, [string, string]> = {
    '/robots.txt': ['text/plain', 'User-agent: *\nDisallow: /private\n'],
    '/': [
      'text/html',
      page(
        '<a href="/private/products/x">x</a><a href="/collections/drinks">Drinks</a><a href="https://elsewhere.example/products/x">x</a>',
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="alternate" type="application/rss+xml" href="/blog.xml">',
      ),
    ],
    '/collections/drinks': ['text/html', page(`${jsonLd(list)}<a href="/products/tea">Tea</a>`)],
    '/products/tea': [
      'text/html',
      page(`${jsonLd(product)}<script>window.dataLayer = window.dataLayer || [];
      dataLayer.push({ event: 'view_item', ecommerce: { currency: 'EUR', items: [{ item_id: 'tea' }] } });
      document.onclick = () => dataLayer.push({ event: 'add_to_cart', ecommerce: { items: [{ item_id: 'tea' }] } });</script>`),
    ],
    '/feed.xml': [
      'application/xml',
      '<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>tea</g:id></item></channel></rss>',
    ],
    '/blog.xml': [
      'application/xml',
      '<?xml version="1.0"?><rss><channel><item><title>News</title></item></channel></rss>',
    ],
    '/bare': ['text/html', page('')],
    '/sitemap.xml': [
      'application/xml',
      '<sitemapindex><sitemap><loc>SHOP/pages.xml</loc></sitemap><sitemap><loc>SHOP/products.xml</loc></sitemap></sitemapindex>',
    ],
    '/products.xml': [
      'application/xml',
      '<urlset><url><loc>SHOP/about</loc></url><url><loc>SHOP/products/tea</loc></url></urlset>',
    ],
    '/cheese': ['text/html; charset=iso-8859-1', '<title>Käse</title>'],
  };
  server = createServer((request, response) => {
    asked.push(request.url!);
    const found = files[request.url!];
    response.writeHead(found === undefined ? 404 : 200, {
      'content-type': found?.[0] ?? 'text/html',
      'content-security-policy': "default-src 'self'",
    });
    const text = (found?.[1] ?? 'nothing').replaceAll('SHOP', shop);
    response.end(Buffer.from(text, found?.[0].includes('8859') ? 'latin1' : 'utf8'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  shop = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server?.close());

let folder: string;
/** Where a server was. */
let nobody: string;
beforeAll(async () => {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  nobody = `http://127.0.0.1:${(gone.address() as AddressInfo).port}/`;
  await new Promise((resolve) => gone.close(resolve));
  folder = await mkdtemp(join(tmpdir(), 'evershelf-init-'));
});

describe('evershelf init', { timeout: 60_000 }, () => {
  it('given no page, then it writes a snippet, and claims nothing', async () => {
    const { out, err } = await run();
    expect(err).toBe('');
    expect(out).toContain('src="/evershelf.js"\n  data-model="/model/"');
    for (const placement of ['home', 'category', 'product', 'cart', 'search', 'missing'])
      expect(out).toContain(`<evershelf-shelf placement="${placement}"></evershelf-shelf>`);
  });

  it('given addresses, then the snippet has them, escaped', async () => {
    const { out } = await run(undefined, {
      script: '/a.js?b="c"&d',
      model: '/m/',
      kv: 'https://kv.example',
      id: 'mpn',
    });
    expect(out).toContain('src="/a.js?b=&quot;c&quot;&amp;d"');
    expect(out).toContain('data-model="/m/"\n  data-kv="https://kv.example"\n  data-id="mpn"');
  });

  it('given a build, then the snippet has its integrity', async () => {
    const digests = join(folder, 'integrity.json');
    await writeFile(digests, JSON.stringify({ 'evershelf.js': 'sha384-abc' }));
    const { out } = await run(undefined, { build: folder });
    expect(out).toContain('integrity="sha384-abc"\n  crossorigin="anonymous"');
    await writeFile(digests, '{}');
    await expect(run(undefined, { build: folder })).rejects.toThrow(
      /found no digest of evershelf\.js, wanted the integrity\.json of a build/,
    );
  });

  it('given a file, then the same snippet is written again, and nothing else is lost', async () => {
    const out = join(folder, 'snippet.html');
    await run(undefined, { out });
    const written = await readFile(out, 'utf8');
    await run(undefined, { out });
    expect(await readFile(out, 'utf8')).toBe(written);
    const precious = join(folder, 'index.html');
    await writeFile(precious, 'years of work');
    await expect(run(undefined, { out: precious })).rejects.toThrow(
      'found a file that is no snippet of this command, wanted a new one',
    );
    expect(await readFile(precious, 'utf8')).toBe('years of work');
    expect((await readdir(folder)).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it.each([
    ['idOf()', { sku: 'T-1' }, ['data layer   Tee\n', 'JSON-LD      id T-1, Tee\n']],
    ["'T-1'", { offers: { price: 5 } }, ['data layer   id T-1, Tee\n', 'JSON-LD      Tee, 5\n']],
  ])('given the id %s beside %j, then nothing is called by its name', async (id, said, seen) => {
    const page = join(folder, 'named.html');
    const item = `{ item_id: ${id}, item_name: 'Tee' }`;
    const product = { '@type': 'Product', name: 'Tee', ...said };
    await writeFile(
      page,
      `<script>dataLayer.push({ event: 'view_item', ecommerce: { items: [${item}] } })</script>
       <script type="application/ld+json">${JSON.stringify(product)}</script>`,
    );
    const { err } = await run(page);
    for (const line of seen) expect(err).toContain(line);
    expect(err).not.toMatch(/calls its product|no id of its product/);
  });

  it('given a product without any id, then it says so', async () => {
    const page = join(folder, 'nameless.html');
    const product = { '@type': 'Product', name: 'Tee', offers: { price: 5 } };
    await writeFile(page, `<script type="application/ld+json">${JSON.stringify(product)}</script>`);
    expect((await run(page)).err).toContain('no id of its product was seen; it goes by its name');
  });

  it('given a page of a shop system, then it says what the tag reads of it', async () => {
    const { out, err } = await run(join(SHOPS, 'woocommerce-product.html'));
    for (const said of [
      'JSON-LD      id woo-beanie-logo, Beanie with Logo, 18 GBP, in stock',
      'data layer   id 57, Beanie with Logo, Accessories, 18 GBP',
      'path         Clothing > Accessories',
      'data layer   dataLayer: view_item (1) as it loads',
      'Tag Manager  GTM-XXXXXXX',
      'consent      Cookiebot',
      'the data layer calls its product 57, its markup woo-beanie-logo',
      'add_to_cart, purchase: not seen',
      'No feed was seen',
    ])
      expect(err).toContain(said);
    expect(out).toMatch(/^<!-- Evershelf/);
  });

  it('given a folder, then it reads each page of it', async () => {
    const { pages } = await reportOf(SHOPS);
    expect(pages).toHaveLength(6);
    expect(pages.find(({ address }) => address.includes('/Hauptprodukt/'))).toMatchObject({
      products: [{ source: 'microdata', item: { id: 'SW10001' } }, { source: 'open-graph' }],
      consent: { followed: ['Google Consent Mode'] },
      gtag: ['G-0000000000'],
      language: 'de-DE',
    });
  });

  it("given a policy, then it says what the tag needs, and gives the snippet room for the page's nonce", async () => {
    const { advice, snippet } = await reportOf(join(SHOPS, 'prestashop-product.html'), {
      kv: 'https://kv.example',
    });
    expect(advice.join('\n')).toContain(
      'connect-src lacks https://kv.example, where the metadata service is',
    );
    expect(snippet).toContain('nonce="..."');
  });

  it('given an address, then it looks at a few pages, as robots.txt allows, and at the feed', async () => {
    asked.length = 0;
    const { pages, feeds, advice } = await reportOf(`${shop}/`);
    expect(asked).toEqual([
      '/',
      '/robots.txt',
      '/collections/drinks',
      '/products/tea',
      '/feed.xml',
      '/blog.xml',
    ]);
    expect(pages.map(({ address }) => new URL(address).pathname)).toEqual([
      '/',
      '/collections/drinks',
      '/products/tea',
    ]);
    expect(pages[2]).toMatchObject({
      products: [{ source: 'json-ld', item: { id: 'tea', category: ['Drinks'] } }, { source: 'data-layer' }],
      dataLayer: {
        events: [
          { event: 'view_item', atLoad: true },
          { event: 'add_to_cart', atLoad: false },
        ],
      },
    });
    expect(feeds).toEqual([{ address: `${shop}/feed.xml`, kind: 'XML' }]);
    expect(advice.join('\n')).toMatch(/^purchase: not seen/m);
    expect(advice.join('\n')).toContain(`evershelf publish --feed ${shop}/feed.xml`);
  });

  it('given a shop without links, then it finds a product in the sitemap', async () => {
    const { pages } = await reportOf(`${shop}/bare`);
    expect(pages.map(({ address }) => new URL(address).pathname)).toEqual(['/bare', '/products/tea']);
  });

  it('given a page in another encoding, then it is read in that', async () => {
    expect((await reportOf(`${shop}/cheese`)).pages[0]).toMatchObject({ title: 'Käse' });
  });

  it.each([
    ['an address that answers 404', () => `${shop}/none`, /found status 404, wanted a page of the shop/],
    [
      'an address where nobody is',
      () => nobody,
      /found no answer \(ECONNREFUSED\), wanted a page of the shop/,
    ],
    ['no address', () => 'https://', /found no address, wanted one such as/],
    ['no file', () => '/nowhere/at/all.html', /found nothing, wanted an address, an HTML file or a folder/],
    ['a folder without pages', () => at('.'), /found no \.html file in it, wanted one page/],
  ])('given %s, then it says so', async (_, page, said) => {
    await expect(run(page())).rejects.toThrow(InputError);
    await expect(run(page())).rejects.toThrow(said);
  });

  it('says how it is used', async () => {
    const { out } = await commandOf('init', '--help');
    expect(out).toMatch(/Usage: evershelf init .*\[page\].*--out <file>/s);
  });
});
