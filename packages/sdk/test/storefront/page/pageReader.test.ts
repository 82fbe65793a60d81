import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TAB_MEMORY } from '../../../src/storefront/page/tabMemory.ts';
import { openPage, type OpenedPage } from '../../openPage.ts';
import type { Offered } from './page.ts';

let page: OpenedPage<Offered>;
beforeAll(async () => {
  page = await openPage<Offered>('storefront/page/page.html', {}, []);
  // What is waited for below has come at once.
  await page.page.clock.install();
}, 60_000);
afterAll(() => page?.close());
beforeEach(() => page.page.evaluate('sessionStorage.clear()'));

type Options = Parameters<Offered['open']>[1] & object;
const open = (html: string, options: Options = {}) =>
  page.offered((on, ...args) => on.open(...args), html, options);
const run = (code: string) => page.offered((on, script) => on.run(script), code);
const add = (html: string) => page.offered((on, part) => on.add(part), html);
const move = (address: string) => page.offered((on, to) => on.move(to), address);
const found = () => page.offered((on) => on.found());
/** How long a page may take until it is looked at again, and until its markup is taken for a view. */
const [GROWN, SETTLED] = [400, 1300];
const wait = (milliseconds: number) => page.page.clock.runFor(milliseconds);

const script = (code: string): string => `<script>${code}</script>`;
const jsonLd = (value: object): string =>
  `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
const push = (...messages: unknown[]): string =>
  `(window.dataLayer = window.dataLayer || []).push(${messages.map((message) => JSON.stringify(message)).join(', ')});`;
const ga4 = (event: string, items: object[], more: object = {}) => ({ event, ecommerce: { ...more, items } });
const TEA = { item_id: 'tea', item_name: 'Tea', item_category: 'Drinks', price: 5 };
const KETTLE = {
  '@context': 'https://schema.org',
  '@type': 'Product',
  sku: 'K-1',
  name: 'Kettle',
  image: '/kettle.jpg',
  offers: { price: 49.9, priceCurrency: 'EUR' },
};

describe('a data layer', { timeout: 30_000 }, () => {
  it('that was filled before is read first, in order, then what is pushed, several at once too', async () => {
    await open(script(push(ga4('view_item', [TEA], { currency: 'EUR' }), ga4('add_to_cart', [TEA]))));
    await run(push({ ecommerce: null }, ga4('add_to_cart', [{ item_id: 'cup', quantity: 2 }])));
    const { state, told, errors } = await found();
    expect(told.map(({ item, kind }) => [typeof item === 'string' ? item : item.id, kind])).toEqual([
      ['tea', 'view'],
      ['tea', 'cart'],
      ['cup', 'cart'],
    ]);
    expect(state).toMatchObject({
      placement: 'product',
      product: { id: 'tea', title: 'Tea', category: ['Drinks'], price: 5 },
      cart: [{ id: 'tea' }, { id: 'cup' }],
      currency: 'EUR',
      language: 'en',
    });
    expect(state.product!.url).toMatch(/^http/);
    expect(errors).toEqual([]);
  });

  it('that comes late, in place of another, or with another push, loses nothing', async () => {
    await open('');
    await run(`dataLayer = [${JSON.stringify(ga4('view_item', [TEA]))}];`);
    await wait(GROWN);
    await run(`dataLayer = [${JSON.stringify(ga4('add_to_cart', [TEA]))}];`);
    await wait(GROWN);
    await run(`dataLayer.push = function (each) { this[this.length] = each; };
      dataLayer.push(${JSON.stringify(ga4('add_to_cart', [{ item_id: 'cup' }]))});`);
    await wait(GROWN);
    expect((await found()).told.map(({ kind }) => kind)).toEqual(['view', 'cart', 'cart']);
  });

  // What gtm.js does: it takes what stands there, and lays its own push over the one before.
  const TAG_MANAGER = `(() => {
    const layer = (window.dataLayer = window.dataLayer || []);
    const before = layer.push;
    window.managed = layer.map((each) => each.event);
    layer.push = function () {
      const messages = [].slice.call(arguments);
      const result = before.apply(layer, messages);
      for (const each of messages) { each['gtm.uniqueEventId'] = window.managed.push(each.event); }
      while (layer.length > 3) layer.shift();
      return result;
    };
  })();`;

  it.each(['before', 'after'])(
    'that Tag Manager took over %s, still tells both of everything, once',
    async (when) => {
      await open(script(`${push({ event: 'gtm.js' })}${when === 'before' ? TAG_MANAGER : ''}`));
      if (when === 'after') await run(TAG_MANAGER);
      for (const id of ['a', 'b', 'c', 'd', 'e']) await run(push(ga4('add_to_cart', [{ item_id: id }])));
      await wait(GROWN);
      expect((await found()).told).toHaveLength(5);
      expect(await page.page.evaluate('managed')).toEqual([
        'gtm.js',
        ...Array.from({ length: 5 }, () => 'add_to_cart'),
      ]);
      expect(await page.page.evaluate('dataLayer.length')).toBe(3);
      expect(await page.page.evaluate('dataLayer.push({ event: "x" })')).toBe(4);
    },
  );

  it('that gtag fills is read from its arguments', async () => {
    await open(
      script(`window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }
        gtag('js', new Date()); gtag('event', 'view_item', { currency: 'SEK', items: [{ id: 'SW10001', name: 'Fisch' }] });`),
    );
    expect((await found()).state).toMatchObject({
      product: { id: 'SW10001', title: 'Fisch' },
      currency: 'SEK',
    });
  });

  it.each([
    'window.dataLayer = { push() {} };',
    'window.dataLayer = "text";',
    'window.dataLayer = document.body;',
  ])('that is none (%s) is left alone', async (code) => {
    await open(script(code));
    expect(await page.page.evaluate('Array.isArray(dataLayer)')).toBe(false);
    expect((await found()).told).toEqual([]);
    expect((await found()).errors).toEqual([]);
  });

  it('that is hostile breaks nothing: getters that throw, circles, proxies, a frozen array', async () => {
    await open(
      script(`const circle = { event: 'view_item' }; circle.ecommerce = circle; circle.items = [circle, null, 7];
        window.dataLayer = [
          { get event() { throw new Error('no'); } },
          { event: 'view_item', get ecommerce() { throw new Error('no'); } },
          new Proxy({}, { get() { throw new Error('no'); }, has() { throw new Error('no'); } }),
          circle, null, undefined, 7, () => {}, Symbol('x'),
          { event: 'purchase', ecommerce: { items: 'none', transaction_id: {} } },
          { event: 'view_item', ecommerce: { items: [{ item_id: { toString() { throw new Error('no'); } } }] } },
        ];
        dataLayer.push(${JSON.stringify(ga4('add_to_cart', [TEA]))});
        Object.freeze(dataLayer);`),
    );
    const { told, errors } = await found();
    expect(told).toMatchObject([{ kind: 'cart' }]);
    expect(errors).toEqual([]);
  });

  it('to which Evershelf itself pushed does not get it back', async () => {
    await open('');
    const own = await page.page.evaluate('offered.own');
    await run(push({ ...ga4('view_item', [TEA]), [own as string]: true }));
    await wait(GROWN);
    expect((await found()).told).toEqual([]);
  });

  it('that tells of an order again, when the page is loaded again, is told once, where the tab may remember', async () => {
    const order = script(push(ga4('purchase', [TEA], { transaction_id: 'T-1' })));
    for (const [consent, times] of [
      ['profile', 0],
      ['none', 1],
    ] as const) {
      await open(order, { consent });
      await open(order, { consent });
      expect((await found()).told).toHaveLength(times);
    }
    expect((await found()).stored).toEqual({});
  });

  it('that filled the cart on an earlier page has filled it on this one, where the tab may remember', async () => {
    await open(script(push(ga4('add_to_cart', [TEA]))), { consent: 'profile' });
    await open('', { consent: 'profile' });
    const { state, stored } = await found();
    expect(state.cart).toEqual([{ id: 'tea' }]);
    expect(Object.keys(stored)).toEqual([TAB_MEMORY]);
    await page.offered((on) => on.keep('cache'));
    expect((await found()).stored).toEqual({});
    await open('', { consent: 'profile' });
    expect((await found()).state.cart).toBeUndefined();
  });
});

describe('markup', { timeout: 30_000 }, () => {
  it('alone says what is looked at, once it is plain that no data layer does', async () => {
    await open(jsonLd(KETTLE), { address: '/p/kettle' });
    await wait(GROWN);
    expect((await found()).told).toEqual([]);
    await wait(SETTLED);
    const { told, state } = await found();
    expect(told).toMatchObject([{ kind: 'view', item: { id: 'K-1', title: 'Kettle', price: 49.9 } }]);
    expect(state).toMatchObject({ placement: 'product', currency: 'EUR' });
    expect(state.product!.image).toMatch(/^http.*\/kettle\.jpg$/);
    expect(state.product!.url).toMatch(/^http.*\/p\/kettle$/);
  });

  it('that is left early was looked at too', async () => {
    await open(jsonLd(KETTLE));
    await page.offered((on) => on.leave());
    expect((await found()).told).toHaveLength(1);
  });

  it('beside a data layer is one view, by the id of the data layer, or by the one that the shop knows', async () => {
    const both = jsonLd(KETTLE) + script(push(ga4('view_item', [TEA])));
    await open(both);
    await wait(SETTLED);
    expect((await found()).told).toMatchObject([{ item: { id: 'tea', title: 'Tea' } }]);
    await open(both, { known: ['K-1'] });
    expect((await found()).told).toMatchObject([{ item: { id: 'K-1', title: 'Tea' } }]);
    await open(jsonLd(KETTLE));
    await wait(SETTLED);
    await run(push(ga4('view_item', [TEA])));
    expect((await found()).told).toHaveLength(1);
  });

  it('that comes late is found', async () => {
    await open('', { address: '/p/kettle' });
    expect((await found()).state.placement).toBeUndefined();
    await add(jsonLd(KETTLE));
    await wait(GROWN);
    expect(await found()).toMatchObject({ changes: 1, state: { product: { id: 'K-1' } } });
  });

  it('that a single-page app leaves behind is not taken for the next page', async () => {
    await open(jsonLd(KETTLE), { address: '/p/kettle' });
    await wait(SETTLED);
    await move('/p/pot');
    await wait(SETTLED);
    // Who moved it tells of that.
    const between = await found();
    expect([between.changes, between.state.placement]).toEqual([0, undefined]);
    await add(jsonLd({ ...KETTLE, sku: 'P-1', name: 'Pot' }));
    await wait(GROWN + SETTLED);
    const { state, told } = await found();
    expect(state.product).toMatchObject({ id: 'P-1' });
    expect(told.map(({ item }) => (item as { id: string }).id)).toEqual(['K-1', 'P-1']);
  });

  it('that would run a script says no address', async () => {
    await open(jsonLd({ ...KETTLE, url: 'javascript:alert(1)', image: 'javascript:alert(2)' }), {
      address: '/p/kettle',
    });
    const { product } = (await found()).state;
    expect(product!.url).toMatch(/^http/);
    expect(product).not.toHaveProperty('image');
  });

  it('that grows without end is looked at four times a second at most, and not where a picture has come', async () => {
    await open('<img id="picture">');
    await run(`let layer; globalThis.looks = 0;
      Object.defineProperty(globalThis, 'dataLayer', { configurable: true, get() { looks++; return layer; }, set(value) { layer = value; } });`);
    await wait(GROWN);
    const before = await page.page.evaluate('globalThis.looks = 0');
    await page.page.evaluate(`new Promise((resolve) => {
      picture.onload = resolve;
      picture.src = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>';
    })`);
    await wait(GROWN);
    expect(await page.page.evaluate('looks')).toBe(before);
    await run(`let n = 0; const grow = setInterval(() => {
      document.body.append(document.createElement('p'));
      document.body.lastChild.innerHTML = '<div itemscope itemtype="https://schema.org/Product"><meta itemprop="sku" content="' + n++ + '"></div>';
      if (n > 200) clearInterval(grow);
    }, 5);`);
    await wait(1500);
    const looks = await page.page.evaluate('looks');
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual(7);
    await page.page.evaluate('delete globalThis.dataLayer');
    const { changes, errors } = await found();
    expect(changes).toBeLessThanOrEqual(7);
    expect(errors).toEqual([]);
  });
});

describe('a page as shops write it', { timeout: 30_000 }, () => {
  const shopPage = (name: string): string =>
    readFileSync(new URL(`../../../../model/test/fixtures/shops/${name}.html`, import.meta.url), 'utf8')
      // Scripts of others are not there, and the document is the test's own.
      .replaceAll(/<script[^>]* src=[^>]*><\/script>/g, '')
      .replaceAll(/<\/?(?:!doctype|html|head)[^>]*>/gi, '')
      .replaceAll(/<(\/?)body/g, '<$1section')
      .replaceAll(/<meta http-equiv="Content-Security-Policy"[^>]*>/g, '')
      .replaceAll(/j\.src=[^;]*;f\.parentNode[^;]*;/g, '');

  it.each([
    ['shopify-product', '/products/linen-shirt', { id: '632910392', title: 'Linen shirt' }, 'USD'],
    [
      'woocommerce-product',
      '/product/beanie-with-logo/',
      { id: '57', category: ['Accessories'], price: 18 },
      'GBP',
    ],
    [
      'magento-product',
      '/joust-duffle-bag.html',
      { id: '24-MB01', category: ['Gear', 'Bags'], inStock: true },
      'USD',
    ],
    [
      'shopware-product',
      '/Hauptprodukt/SW10001',
      { id: 'SW10001', category: ['Lebensmittel', 'Fisch'] },
      'EUR',
    ],
    [
      'prestashop-product',
      '/en/men/1-1-hummingbird-printed-t-shirt.html',
      { id: 'demo_1', inStock: false },
      'EUR',
    ],
  ])('%s: one view of its product', async (name, address, product, currency) => {
    await open(shopPage(name), { address });
    await wait(SETTLED);
    const { state, told, errors } = await found();
    expect(state).toMatchObject({ placement: 'product', product, currency });
    expect(told).toMatchObject([{ kind: 'view', item: product }]);
    expect(errors).toEqual([]);
  });

  it("woocommerce-product, where the shop's catalogue goes by SKU", async () => {
    await open(shopPage('woocommerce-product'), {
      address: '/product/beanie-with-logo/',
      known: ['woo-beanie-logo'],
    });
    expect((await found()).told).toMatchObject([
      { item: { id: 'woo-beanie-logo', title: 'Beanie with Logo' } },
    ]);
  });

  it('prestashop-category: its category', async () => {
    await open(shopPage('prestashop-category'), { address: '/en/4-men' });
    expect((await found()).state).toMatchObject({ placement: 'category', category: ['Clothes', 'Men'] });
  });
});
