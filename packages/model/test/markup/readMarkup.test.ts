import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkItem } from '../../src/index.ts';
import { jsonLdOf, pageOf } from './pageOf.ts';

const OFFER = {
  '@type': 'Offer',
  price: '49.90',
  priceCurrency: 'EUR',
  availability: 'https://schema.org/InStock',
};
const KETTLE = {
  '@context': 'https://schema.org',
  '@type': 'Product',
  name: 'Kettle',
  sku: 'K-1',
  offers: OFFER,
};

/** The item of a page that has this product in JSON-LD. */
const itemOf = (product: object, options?: Parameters<typeof pageOf>[1]) =>
  pageOf(jsonLdOf({ '@context': 'https://schema.org', '@type': 'Product', ...product }), options).product
    ?.item;

describe('a Product in JSON-LD', () => {
  it('given what Google asks for, then it is an item', () => {
    const product = {
      ...KETTLE,
      image: ['https://shop.example/1.jpg', 'https://shop.example/2.jpg'],
      brand: { '@type': 'Brand', name: 'Acme' },
      category: 'Kitchen > Kettles',
      url: 'https://shop.example/p/kettle',
      color: 'red',
      material: ['steel', 'glass'],
      size: { '@type': 'SizeSpecification', name: '1.7 l' },
      aggregateRating: { '@type': 'AggregateRating', ratingValue: '4.4', reviewCount: 89 },
      additionalProperty: [
        { '@type': 'PropertyValue', name: 'Power', value: 2200 },
        { '@type': 'PropertyValue', name: 'Cordless', value: true },
        { '@type': 'PropertyValue', name: 'Use', value: ['tea', 'coffee'] },
      ],
    };
    expect(itemOf(product)).toEqual({
      id: 'K-1',
      title: 'Kettle',
      brand: 'Acme',
      category: ['Kitchen', 'Kettles'],
      price: 49.9,
      inStock: true,
      image: 'https://shop.example/1.jpg',
      url: 'https://shop.example/p/kettle',
      color: 'red',
      material: ['steel', 'glass'],
      size: '1.7 l',
      rating: 4.4,
      ratings: 89,
      Power: 2200,
      Cordless: true,
      Use: ['tea', 'coffee'],
    });
  });

  it.each([
    ['an aggregate offer', { '@type': 'AggregateOffer', lowPrice: 10, highPrice: 20 }, 10],
    ['offers of an aggregate', { '@type': 'AggregateOffer', offers: [{ price: 7 }, { price: 5 }] }, 5],
    [
      'a list of offers, one sold out',
      [
        { price: 3, availability: 'SoldOut' },
        { price: 5, availability: 'InStock' },
      ],
      5,
    ],
    ['a number as text', { price: '1.299,00' }, 1299],
    ['a specification', { priceSpecification: { price: '12.50', priceCurrency: 'EUR' } }, 12.5],
    [
      'a sale, beside the list price',
      {
        priceSpecification: [
          { '@type': 'UnitPriceSpecification', priceType: 'https://schema.org/ListPrice', price: 30 },
          { '@type': 'UnitPriceSpecification', price: 20 },
        ],
      },
      20,
    ],
    ['nothing', {}, undefined],
  ])('given %s, then the price is what is paid', (_, offers, price) => {
    expect(itemOf({ sku: 'a', offers })?.price).toBe(price);
  });

  it.each([
    [['https://schema.org/OutOfStock', 'https://schema.org/InStock'], true],
    [['https://schema.org/OutOfStock', 'https://schema.org/Discontinued'], false],
    [[undefined], undefined],
  ])('given offers that are %j, then it is in stock: %j', (all, inStock) => {
    const offers = all.map((availability) => ({ price: 1, availability }));
    expect(itemOf({ sku: 'a', offers })?.inStock).toBe(inStock);
  });

  it.each([
    ['a text', 'Men > Shirts', ['Men', 'Shirts']],
    ['signs of other kinds', 'Men › Shirts', ['Men', 'Shirts']],
    ['references to characters', 'Food &amp; Drink &gt; Tea', ['Food & Drink', 'Tea']],
    ['levels', ['Men', 'Shirts'], ['Men', 'Shirts']],
    ['several paths', ['Sale', 'Men > Shirts > Linen'], ['Men', 'Shirts', 'Linen']],
    ['a CategoryCode', { '@type': 'CategoryCode', name: 'Shirts', codeValue: '1604' }, ['Shirts']],
    ['a number of a taxonomy', '1604', undefined],
    ['an address', 'https://shop.example/c/shirts', undefined],
  ])('given its category as %s, then it is a path', (_, category, path) => {
    expect(itemOf({ sku: 'a', category })?.category).toEqual(path);
  });

  it.each([
    ['an ImageObject', { '@type': 'ImageObject', url: '/a.jpg' }],
    ['an ImageObject with its content', { '@type': 'ImageObject', contentUrl: '/a.jpg' }],
    ['a list of either', [{ '@type': 'ImageObject', url: '/a.jpg' }, '/b.jpg']],
  ])('given its image as %s, then it is its address', (_, image) => {
    expect(itemOf({ sku: 'a', image })?.image).toBe('/a.jpg');
  });

  it.each([
    [{ mpn: 'm', gtin13: 'g', productID: 'p', sku: 's', '@id': 'https://shop.example/p/kettle#p' }, 's'],
    [{ mpn: 'm', gtin13: 'g', productID: 'p' }, 'p'],
    [{ mpn: 'm', gtin13: 'g' }, 'g'],
    [{ mpn: 'm', '@id': 'https://shop.example/p/kettle#p' }, 'm'],
    [{ '@id': 'https://shop.example/p/kettle#p' }, 'https://shop.example/p/kettle#p'],
    [{ url: 'https://shop.example/p/kettle', offers: { sku: 'o' } }, 'o'],
    [{ url: 'https://shop.example/p/kettle' }, 'https://shop.example/p/kettle'],
    [{ name: 'Kettle' }, undefined],
    [{ name: 'Kettle', offers: OFFER }, 'Kettle'],
    [{ identifier: { '@type': 'PropertyValue', propertyID: 'SKU', name: 'Number', value: 'N-1' } }, 'N-1'],
  ])('given %j, then it goes by %s', (ids, id) => expect(itemOf(ids)?.id).toBe(id));

  it("given which property is the shop's id, then it goes by that, and by all others too", () => {
    const { product } = pageOf(jsonLdOf({ ...KETTLE, mpn: 'M-9' }), { id: 'mpn' });
    expect(product).toMatchObject({ item: { id: 'M-9' }, ids: ['M-9', 'K-1'] });
  });

  it.each([
    'Product',
    ['Product', 'Book'],
    'http://schema.org/Product',
    'https://schema.org/Product',
    'schema:Product',
    'ProductGroup',
    'IndividualProduct',
  ])('given the type %j, then it is a product', (type) => {
    expect(itemOf({ '@type': type, sku: 'a' })?.id).toBe('a');
  });

  it('given names that every object has as its properties, then they are left out', () => {
    const names = ['__proto__', 'constructor', 'toString', 'id', 'price', 'prototype', 'Power'];
    const additionalProperty = names.map((name) => ({ name, value: 'x' }));
    expect(itemOf({ sku: 'a', offers: OFFER, additionalProperty })).toEqual({
      id: 'a',
      price: 49.9,
      inStock: true,
      Power: 'x',
    });
  });

  it('given variants of a group, then it has the lowest price, and goes by the ids of all', () => {
    const variant = (sku: string, price: number) => ({
      '@type': 'Product',
      sku,
      name: `Shirt ${sku}`,
      url: `https://shop.example/p/shirt?variant=${sku}`,
      offers: { ...OFFER, price },
    });
    const group = {
      '@context': 'https://schema.org',
      '@type': 'ProductGroup',
      name: 'Shirt',
      productGroupID: 'G-1',
      brand: { name: 'Acme' },
      variesBy: ['https://schema.org/size'],
      hasVariant: [variant('S', 20), variant('M', 18)],
    };
    const { product } = pageOf(jsonLdOf(group), { address: 'https://shop.example/p/shirt' });
    expect(product).toMatchObject({
      item: { id: 'G-1', title: 'Shirt', brand: 'Acme', price: 18, inStock: true },
      currency: 'EUR',
    });
    expect(product!.ids.slice(0, 3)).toEqual(['G-1', 'S', 'M']);
  });
});

describe('the product of a page', () => {
  const other = (sku: string) => ({
    '@type': 'Product',
    sku,
    name: sku,
    url: `https://shop.example/p/${sku}`,
  });

  it('given others in a list, then it is the one that is not', () => {
    const list = { '@type': 'ItemList', itemListElement: [{ '@type': 'ListItem', item: other('x') }] };
    expect(pageOf(jsonLdOf([KETTLE, list]))).toMatchObject({ product: { item: { id: 'K-1' } }, listed: 1 });
  });

  it('given others beside it that are elsewhere, then it is the one that is not', () => {
    expect(pageOf(jsonLdOf([other('x'), KETTLE, other('y')])).product?.item.id).toBe('K-1');
  });

  it('given several, then it is the one of this address, else of the canonical one', () => {
    const all = jsonLdOf([other('x'), other('kettle'), other('y')]);
    expect(pageOf(all).product?.item.id).toBe('kettle');
    expect(pageOf(all, { address: 'https://shop.example/p/z' })).toMatchObject({ listed: 3 });
    const canonical = `<link rel="canonical" href="https://shop.example/p/y">${all}`;
    expect(pageOf(canonical, { address: 'https://shop.example/c/tea/y' }).product?.item.id).toBe('y');
  });

  it('given others without an id, then it is the one that has one', () => {
    const card = `<div itemscope itemtype="http://schema.org/Product"><span itemprop="name">Cup</span>
      <p itemprop="offers" itemscope itemtype="http://schema.org/Offer"><span itemprop="price">3</span></p></div>`;
    const kettle =
      '<div itemscope itemtype="http://schema.org/Product"><meta itemprop="sku" content="K-1"></div>';
    expect(pageOf(card).product?.item).toEqual({ id: 'Cup', title: 'Cup', price: 3 });
    expect(pageOf(card + kettle).product?.item.id).toBe('K-1');
    expect(pageOf(card + card.replace('Cup', 'Mug'))).toMatchObject({ listed: 2 });
  });

  it('given addresses that differ by their query, then it is the one that has all of it', () => {
    const at = (id: string) => ({ ...other(id), url: `/index.php?product=${id}` });
    const address = 'https://shop.example/index.php?product=b&utm_source=mail';
    expect(pageOf(jsonLdOf([at('a'), at('b')]), { address }).product?.item.id).toBe('b');
  });

  it('given a page whose main entity it is, then it is that one', () => {
    const page = { '@context': 'https://schema.org', '@type': 'ItemPage', mainEntity: other('x') };
    expect(pageOf(jsonLdOf(page)).product?.item.id).toBe('x');
  });

  it('given parts that name each other by @id, in one graph, then they are put together', () => {
    const graph = [
      { '@type': 'WebPage', '@id': '#page', breadcrumb: { '@id': '#way' } },
      {
        '@type': 'BreadcrumbList',
        '@id': '#way',
        itemListElement: [
          { '@type': 'ListItem', position: 1, name: 'Home', item: 'https://shop.example/' },
          { '@type': 'ListItem', position: 3, name: 'Kettle' },
          { '@type': 'ListItem', position: 2, name: 'Kitchen', item: 'https://shop.example/c/kitchen' },
        ],
      },
      { '@type': 'Brand', '@id': '#brand', name: 'Acme' },
      { '@type': 'Offer', '@id': '#offer', price: '5', priceCurrency: 'SEK' },
      {
        '@type': 'Product',
        '@id': '#product',
        sku: 'a',
        name: 'Kettle',
        brand: { '@id': '#brand' },
        offers: { '@id': '#offer' },
      },
    ];
    expect(pageOf(jsonLdOf({ '@context': 'https://schema.org', '@graph': graph }))).toMatchObject({
      product: { item: { id: 'a', brand: 'Acme', price: 5 } },
      path: ['Kitchen'],
      currency: 'SEK',
    });
  });

  it('given things that name each other in a circle, then it is read all the same', () => {
    const graph = [
      { '@type': 'Product', '@id': '#a', sku: 'a', isVariantOf: { '@id': '#b' }, offers: { '@id': '#a' } },
      { '@type': 'ProductGroup', '@id': '#b', hasVariant: { '@id': '#a' }, itemOffered: { '@id': '#b' } },
    ];
    expect(pageOf(jsonLdOf({ '@graph': graph })).products.map(({ product }) => product.item.id)).toEqual([
      'a',
      'a',
    ]);
  });

  it('given line breaks within its texts, then it is read all the same', () => {
    const text = JSON.stringify({ ...KETTLE, description: 'Boils\nwater' }, null, 2).replace('\\n', '\n\t');
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(pageOf(jsonLdOf(text))).toMatchObject({ product: { item: { id: 'K-1' } }, broken: 0 });
  });

  it('given broken scripts beside it, then they are counted and left out', () => {
    const page = [
      jsonLdOf('{"@type": "Product", '),
      jsonLdOf(''),
      jsonLdOf(`<!-- ${JSON.stringify(KETTLE)} -->`),
    ].join('');
    expect(pageOf(page)).toMatchObject({ product: { item: { id: 'K-1' } }, broken: 2 });
  });

  it('given markup that an earlier address of the same document had too, then it counts only if it is about this one', () => {
    const page = jsonLdOf(KETTLE);
    const before = pageOf(page).parts;
    expect(pageOf(page, { before }).product).toBeUndefined();
    const about = jsonLdOf({ ...KETTLE, url: '/p/kettle' });
    expect(pageOf(about, { before: pageOf(about).parts }).product?.item.id).toBe('K-1');
  });

  it('given the same again, by an id or by its name, then what one does not say the other does', () => {
    const again = (sku: string, name: string) => `<div itemscope itemtype="https://schema.org/Product">
      <meta itemprop="sku" content="${sku}"><span itemprop="name">${name}</span><meta itemprop="color" content="red"></div>`;
    for (const same of [again('K-1', 'Kettle, red'), again('101', 'Kettle')])
      expect(pageOf(jsonLdOf(KETTLE) + same).product?.item).toMatchObject({
        id: 'K-1',
        title: 'Kettle',
        color: 'red',
      });
    const plugin = { '@type': 'Product', name: 'Kettle', mpn: 'M-1', color: 'red' };
    expect(pageOf(jsonLdOf(KETTLE) + jsonLdOf(plugin)).product?.item).toMatchObject({
      id: 'K-1',
      color: 'red',
    });
  });

  it('given another product in microdata, such as a related one, then nothing of it is taken', () => {
    const other = `<div itemscope itemtype="https://schema.org/Product"><meta itemprop="sku" content="x">
      <span itemprop="name">Cup</span><meta itemprop="color" content="blue"></div>`;
    expect(pageOf(jsonLdOf(KETTLE) + other).product?.item).not.toHaveProperty('color');
  });
});

describe('microdata', () => {
  it('given values of all kinds of elements, then each is read as HTML says', () => {
    const page = `<div itemscope itemtype="https://schema.org/Product" itemref="more away">
      <h1 itemprop="name">Anvil <b>XL</b></h1>
      <img itemprop="image" src="/anvil.jpg">
      <a itemprop="url" href="/p/kettle">here</a>
      <link itemprop="itemCondition" href="https://schema.org/NewCondition">
      <data itemprop="mpn" value="925872">ignored</data>
      <div itemprop="brand" itemscope itemtype="https://schema.org/Brand"><span itemprop="name">Acme</span></div>
      <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
        <meta itemprop="priceCurrency" content="USD">
        <span itemprop="price" content="1299.00">$1,299</span>
        <link itemprop="availability" href="https://schema.org/InStock">
        <span itemprop="seller" itemscope><span itemprop="name">Somebody</span></span>
      </div>
    </div>
    <p id="more"><span itemprop="sku color">0446310786</span></p>`;
    expect(pageOf(page)).toMatchObject({
      product: {
        item: {
          id: '0446310786',
          title: 'Anvil XL',
          image: '/anvil.jpg',
          url: '/p/kettle',
          brand: 'Acme',
          price: 1299,
          inStock: true,
          color: '0446310786',
        },
      },
      currency: 'USD',
    });
  });

  it('given cards of a shelf, then they are not of the page', () => {
    const card =
      '<div itemscope itemtype="https://schema.org/Product"><meta itemprop="sku" content="x"></div>';
    expect(pageOf(`<evershelf-shelf><ul><li>${card}</li></ul></evershelf-shelf>`).products).toEqual([]);
    expect(pageOf(`<ul><li>${card}</li></ul>`).products).toHaveLength(1);
  });

  it('given an item that refers back to itself, then it ends', () => {
    const page = `<div id="a" itemscope itemtype="https://schema.org/Product" itemref="a b"><span itemprop="sku">x</span></div>
      <div id="b" itemprop="isRelatedTo" itemscope itemref="a b"></div>`;
    expect(pageOf(page).product?.item.id).toBe('x');
  });

  it('given ten thousand items within each other, then it ends', () => {
    const page = '<div itemscope itemprop="offers">'.repeat(10_000);
    expect(pageOf(`<div itemscope itemtype="https://schema.org/Product">${page}`).listed).toBe(0);
  });
});

describe('a page', () => {
  const list = (...names: string[]) => ({
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: names.map((name, k) => ({
      '@type': 'ListItem',
      position: k + 1,
      name,
      item: { '@id': `/c/${k}`, name },
    })),
  });

  it('given a way to it, then the path is without the home page, and without the product', () => {
    expect(pageOf(jsonLdOf(list('Kitchen', 'Kettles'))).path).toEqual(['Kitchen', 'Kettles']);
    const home = { '@type': 'BreadcrumbList', itemListElement: [{ name: 'Startseite' }, { name: 'Küche' }] };
    expect(pageOf(jsonLdOf(home)).path).toEqual(['Küche']);
    expect(pageOf(jsonLdOf([KETTLE, list('Kitchen', 'Kettle')])).path).toEqual(['Kitchen']);
  });

  it('given the types of pages, then it is of that kind', () => {
    for (const [type, kind] of [
      ['CollectionPage', 'category'],
      ['SearchResultsPage', 'search'],
      ['CheckoutPage', 'cart'],
      ['AboutPage', undefined],
    ])
      expect(pageOf(jsonLdOf({ '@type': type })).kind).toBe(kind);
  });

  it.each([
    ['https://shop.example/', true],
    ['https://shop.example/index.html?utm_source=mail', true],
    ['https://shop.example/de/', true],
    ['https://shop.example/de-AT', true],
    ['https://shop.example/at/de', true],
    ['https://shop.example/tv', false],
    ['https://shop.example/#/', true],
    ['https://shop.example/#/product/7', false],
    ['https://shop.example/c/tea', false],
  ])('given %s in German of Austria, then it is the first page of the shop: %s', (address, isHome) => {
    expect(pageOf('<html lang="de-AT">', { address }).isHome).toBe(isHome);
  });

  it('given a site that lives in a folder, then its first page is that folder', () => {
    const site = jsonLdOf({ '@type': 'WebSite', url: 'https://shop.example/outlet/' });
    expect(pageOf(site, { address: 'https://shop.example/outlet' }).isHome).toBe(true);
    expect(pageOf(site, { address: 'https://shop.example/outlet/x' }).isHome).toBe(false);
  });

  it.each([
    ['<html lang="de-at">', 'de-AT'],
    ['<html lang="de_AT">', 'de-AT'],
    ['<html xml:lang="de">', 'de'],
    ['<html><head><meta http-equiv="Content-Language" content="fr, en">', 'fr'],
    ['<html><head><meta property="og:locale" content="pt_BR">', 'pt-BR'],
    ['<html lang="?!">', undefined],
  ])('given %s, then its language is %s', (html, language) => expect(pageOf(html).language).toBe(language));

  it('given Open Graph alone, then that is the product', () => {
    const page = `<html><head><meta property="og:type" content="product"><meta property="og:title" content="Kettle">
      <meta property="og:url" content="https://shop.example/p/kettle"><meta property="og:image" content="/k.jpg">
      <meta property="product:price:amount" content="49.90"><meta property="product:price:currency" content="EUR">
      <meta property="product:availability" content="in stock"><meta property="product:retailer_item_id" content="K-1">`;
    expect(pageOf(page)).toMatchObject({
      product: { item: { id: 'K-1', title: 'Kettle', price: 49.9, inStock: true, image: '/k.jpg' } },
      currency: 'EUR',
      products: [{ source: 'open-graph' }],
    });
  });

  it('given things without end that name each other, then it reads some of them', () => {
    const refs = Array.from({ length: 100 }, (_, k) => ({ '@id': `#${k}` }));
    const graph = refs.map((ref) => ({
      ...ref,
      '@type': 'Product',
      sku: `s${ref['@id']}`,
      hasVariant: refs,
      offers: refs,
    }));
    const { products } = pageOf(jsonLdOf({ '@graph': graph }).repeat(8));
    expect(products).toHaveLength(50);
    expect(products[0]!.product.ids.length).toBeLessThanOrEqual(100);
  });

  it('given a product in which 300,000 elements stand beside each other, then it reads the first of them', () => {
    const html = `<div itemscope itemtype="https://schema.org/Product"><meta itemprop="sku" content="K-1">
      <meta itemprop="name" content="Kettle"><div>${'<i></i>'.repeat(300_000)}</div></div>`;
    expect(pageOf(html).product?.item).toMatchObject({ id: 'K-1', title: 'Kettle' });
  });

  it('given any JSON at all, then it never throws, and its products are items', () => {
    const key = fc.constantFrom(
      ...[
        '@type',
        '@id',
        '@graph',
        '@value',
        'name',
        'sku',
        'url',
        'image',
        'offers',
        'price',
        'category',
        'brand',
      ],
      ...[
        'hasVariant',
        'isVariantOf',
        'mainEntity',
        'itemListElement',
        'item',
        'position',
        'additionalProperty',
        'value',
      ],
      ...['breadcrumb', 'priceSpecification', 'availability', 'aggregateRating', '__proto__', 'constructor'],
    );
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom(
          'Product',
          'ProductGroup',
          'ItemList',
          'BreadcrumbList',
          'WebSite',
          '#a',
          '#b',
          '/p/kettle',
          null,
        ),
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.array(tie('value')),
        fc.dictionary(key, tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(fc.array(value, { maxLength: 3 }), (scripts) => {
        const page = pageOf(
          scripts.map((script) => jsonLdOf(JSON.stringify(script ?? null).replaceAll('<', ''))).join(''),
        );
        for (const { product } of page.products) expect(checkItem(product.item)).toEqual(product.item);
      }),
      { numRuns: 200 },
    );
  });

  it('given any HTML at all, then it never throws, and its products are items', () => {
    const part = fc.constantFrom(
      ...[
        '<div itemscope>',
        '<div itemscope itemtype="https://schema.org/Product">',
        '<div itemprop="offers" itemscope>',
      ],
      ...[
        '<span itemprop="sku">a</span>',
        '<meta itemprop="price" content="x">',
        '<span itemprop="sku name" id="a">',
      ],
      ...[
        '<div itemscope itemref="a b" id="b">',
        '</div>',
        '</span>',
        '<script type="application/ld+json">',
        '{}',
        '</script>',
      ],
      ...[
        '<meta property="og:type" content="product">',
        '<link rel=canonical href="::">',
        '<html lang="x-">',
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        for (const { product } of pageOf(parts.join('')).products)
          expect(checkItem(product.item)).toEqual(product.item);
      }),
    );
  });
});
