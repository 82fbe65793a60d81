import type { Found, Markup } from '@evershelf/model/markup';
import { placeOf } from '@evershelf/model/markup';
import { describe, expect, it } from 'vitest';
import type { LayerPage } from '../../../src/storefront/page/readLayer.ts';
import { type Evidence, stateOf } from '../../../src/storefront/page/stateOf.ts';

const found = (id: string, more: object = {}, others: readonly string[] = []): Found => ({
  item: { id, ...more },
  ids: [id, ...others],
});
const marked = (id: string, more: object = {}) => ({ ...found(id, more), addresses: [] });

interface Given {
  layer?: Partial<LayerPage>;
  markup?: Partial<Markup>;
  address?: string;
  title?: string;
  status?: number;
  cart?: Evidence['cart'];
}

const state = (given: Given, knows: (id: string) => boolean = () => false) =>
  stateOf(
    {
      layer: { listed: [], searched: false, ...given.layer },
      markup: { listed: 0, isHome: false, parts: new Set(), products: [], broken: 0, ...given.markup },
      place: placeOf(given.address ?? 'https://shop.example/a', 'https://shop.example')!,
      title: given.title ?? '',
      status: given.status,
      cart: given.cart,
    },
    knows,
  );

describe('the placement of a page', () => {
  const product = found('tea');
  const listed = [found('a'), found('b')];
  it.each<[string, Given, string | undefined]>([
    ['404, whatever stands on it', { status: 404, layer: { is: 'product', product } }, 'missing'],
    ['view_item', { layer: { is: 'product', product }, markup: { listed: 9, kind: 'category' } }, 'product'],
    ['view_cart', { layer: { is: 'cart' }, markup: { product: marked('x') } }, 'cart'],
    ['purchase', { layer: { is: 'order' }, markup: { listed: 3 } }, undefined],
    ['a Product', { markup: { product: marked('x'), listed: 4 }, address: '/?q=tea' }, 'product'],
    ['a CheckoutPage', { markup: { kind: 'cart' } }, 'cart'],
    ['the address of a cart', { address: '/de/checkout/cart' }, 'cart'],
    ['a search without a list', { address: '/search?q=tee' }, 'search'],
    ['a search at the root without a list', { address: '/?s=tee' }, 'search'],
    ['view_search_results without a list', { layer: { searched: true } }, 'search'],
    ['a search with a list', { address: '/search?q=tea', layer: { listed } }, undefined],
    ['the first page, with lists', { layer: { listed }, markup: { isHome: true, listed: 5 } }, 'home'],
    ['view_item_list', { layer: { listed } }, 'category'],
    ['an ItemList', { markup: { listed: 2 } }, 'category'],
    ['a CollectionPage', { markup: { kind: 'category' } }, 'category'],
    ['a title with 404', { title: '404 - nothing here' }, 'missing'],
    ['nothing', { title: 'About us, since 1404' }, undefined],
  ])('given %s', (_, { address = '/a', ...given }, placement) => {
    expect(state({ ...given, address: `https://shop.example${address}` }).placement).toBe(placement);
  });
});

describe('the product of a page', () => {
  it("given data layer and markup, then the data layer's id wins, and what it does not say the markup does", () => {
    const given: Given = {
      layer: { is: 'product', product: found('101', { title: 'Tea', price: 5 }) },
      markup: {
        product: marked('SKU-1', { title: 'Fine tea', image: '/t.jpg', price: 6 }),
        path: ['Drinks'],
      },
    };
    expect(state(given).product).toEqual({
      id: '101',
      title: 'Tea',
      price: 5,
      image: '/t.jpg',
      category: ['Drinks'],
    });
    expect(state(given, (id) => id === 'SKU-1').product!.id).toBe('SKU-1');
  });

  it('given a category of its own, then that is it, not the way to the page', () => {
    const product = marked('a', { category: ['Drinks', 'Tea'] });
    expect(state({ markup: { product, path: ['Sale'] } }).product!.category).toEqual(['Drinks', 'Tea']);
  });
});

describe('the rest of a page', () => {
  it('given a way to it, then that is the category; else what its products share', () => {
    const listed = [
      found('a', { category: ['Men', 'Shirts', 'Linen'] }),
      found('b', { category: ['Men', 'Shirts', 'Wool'] }),
    ];
    expect(state({ layer: { listed } }).category).toEqual(['Men', 'Shirts']);
    expect(state({ layer: { listed }, markup: { path: ['Sale'] } }).category).toEqual(['Sale']);
    expect(state({ layer: { listed: [found('a')] } })).toEqual({ placement: 'category' });
  });

  it('given a quick look at a product of a list, then the category stays', () => {
    const listed = [found('a', { category: ['Men'] })];
    const given: Given = { layer: { is: 'product', product: found('a'), listed } };
    expect(state(given)).toMatchObject({ placement: 'product', category: ['Men'] });
    expect(state({ ...given, markup: { product: marked('a') } })).not.toHaveProperty('category');
  });

  it('given a search, then what was searched for: of the data layer, else of the address', () => {
    const address = 'https://shop.example/search?q=tea';
    expect(state({ address }).query).toBe('tea');
    expect(state({ address, layer: { searched: true, query: 'Tea' } }).query).toBe('Tea');
  });

  it("given a cart, then its items by the shop's ids", () => {
    const cart = [{ found: found('tea', {}, ['T-1']) }];
    expect(state({ cart }, (id) => id === 'T-1').cart).toEqual([{ id: 'T-1' }]);
    expect(state({ cart: [] }).cart).toEqual([]);
  });

  it('given currency and language, then those; the currency of the data layer first', () => {
    const markup = { currency: 'EUR', language: 'de-AT' };
    expect(state({ markup })).toMatchObject({ currency: 'EUR', language: 'de-AT' });
    expect(state({ markup, layer: { currency: 'CHF' } }).currency).toBe('CHF');
  });
});
