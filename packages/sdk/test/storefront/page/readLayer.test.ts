import { describe, expect, it } from 'vitest';
import { readLayer } from '../../../src/storefront/page/readLayer.ts';
import { tabMemory } from '../../../src/storefront/page/tabMemory.ts';
import type { TrackedEvent } from '../../../src/types.ts';

/** A data layer that reads messages, and what it tells of the shopper. */
function layerOf(...messages: object[]) {
  const told: TrackedEvent[][] = [];
  const layer = readLayer(
    tabMemory('none'),
    (events) => told.push([...events]),
    ({ item }) => item.id,
  );
  for (const message of messages) layer.take(message);
  return {
    layer,
    told,
    cart: () => layer.cart()?.map(({ found, quantity }) => [found.item.id, quantity]),
  };
}

const ga4 = (event: string, items: readonly object[], more: object = {}): object => ({
  event,
  ecommerce: { ...more, items },
});
const universal = (key: string, products: readonly object[], more: object = {}): object => ({
  ecommerce: { [key]: { products, ...more } },
});
const [TEA, CUP] = [
  { item_id: 'tea', quantity: 2 },
  { item_id: 'cup', quantity: 1 },
];

describe('what a data layer tells of the shopper', () => {
  it('given a view, a cart and a purchase, then each is told with its quantity', () => {
    const { told } = layerOf(
      ga4('view_item', [TEA]),
      ga4('add_to_cart', [TEA]),
      ga4('purchase', [TEA, CUP], { transaction_id: 'T1' }),
    );
    expect(told).toEqual([
      [{ item: 'tea', kind: 'view' }],
      [{ item: 'tea', kind: 'cart', quantity: 2 }],
      [
        { item: 'tea', kind: 'purchase', quantity: 2 },
        { item: 'cup', kind: 'purchase', quantity: 1 },
      ],
    ]);
  });

  it('given the same product viewed again at one address, then it is told once; at another one, again', () => {
    const { layer, told } = layerOf(
      ga4('view_item', [TEA]),
      universal('detail', [{ id: 'tea' }]),
      ga4('view_item', [CUP]),
    );
    expect(told).toEqual([[{ item: 'tea', kind: 'view' }], [{ item: 'cup', kind: 'view' }]]);
    layer.moved();
    layer.take(ga4('view_item', [TEA]));
    expect(told).toHaveLength(3);
  });

  it('given a view that markup told already, then it is the same under whichever id', () => {
    const { layer, told } = layerOf();
    layer.seen({ item: { id: 'K-1' }, ids: ['K-1'] });
    layer.take(ga4('view_item', [TEA]));
    expect(told).toEqual([]);
    layer.take(ga4('view_item', [CUP]));
    expect(told).toEqual([[{ item: 'cup', kind: 'view' }]]);
  });

  it('given an order again, then it counts once; orders without a number count each', () => {
    const order = (id?: string) => ga4('purchase', [TEA], id === undefined ? {} : { transaction_id: id });
    expect(layerOf(order('T1'), order('T1'), order('T2')).told).toHaveLength(2);
    expect(layerOf(order(), order()).told).toHaveLength(2);
  });

  it('given a cart in both conventions at once, then it counts once', () => {
    const twice = [ga4('add_to_cart', [TEA]), universal('add', [{ id: 'tea', quantity: 2 }])];
    expect(layerOf(...twice).told).toHaveLength(1);
    expect(layerOf(...twice).cart()).toEqual([['tea', 2]]);
    expect(layerOf(ga4('add_to_cart', [TEA]), ga4('add_to_cart', [TEA])).told).toHaveLength(2);
  });

  it.each(['view_item_list', 'select_item', 'remove_from_cart', 'begin_checkout', 'view_cart', 'refund'])(
    'given %s, then it tells nothing',
    (event) => expect(layerOf(ga4(event, [TEA])).told).toEqual([]),
  );
});

describe('the cart', () => {
  it('given what goes in and out, then it is what is left', () => {
    const { layer, cart } = layerOf(
      ga4('add_to_cart', [TEA]),
      ga4('add_to_cart', [TEA, CUP]),
      ga4('remove_from_cart', [{ item_id: 'tea', quantity: 1 }]),
    );
    expect(cart()).toEqual([
      ['tea', 3],
      ['cup', 1],
    ]);
    layer.take(ga4('remove_from_cart', [{ item_id: 'tea' }]));
    expect(cart()).toEqual([['cup', 1]]);
  });

  it('given two products of one name, or two variants of one product, then they are two', () => {
    const lines = [
      { item_id: 's', item_name: 'Shirt', item_group_id: 'shirt' },
      { item_id: 'm', item_name: 'Shirt', item_group_id: 'shirt' },
    ];
    expect(layerOf(ga4('view_cart', lines)).cart()).toEqual([
      ['s', 1],
      ['m', 1],
    ]);
  });

  it('given a look at it, then it is what was seen', () => {
    const { layer, cart } = layerOf(ga4('add_to_cart', [TEA]), ga4('view_cart', [CUP]));
    expect(cart()).toEqual([['cup', 1]]);
    layer.take(ga4('view_cart', []));
    expect(cart()).toEqual([]);
  });

  it('given an order, then it is empty; and it outlasts another address', () => {
    const { layer, cart } = layerOf(ga4('begin_checkout', [TEA]));
    layer.moved();
    expect(cart()).toEqual([['tea', 2]]);
    layer.take(ga4('purchase', [TEA], { transaction_id: 'T' }));
    expect(cart()).toEqual([]);
  });

  it('given nothing of it, then nothing is known of it', () => {
    expect(layerOf(ga4('view_item', [TEA])).cart()).toBeUndefined();
  });
});

describe('the page', () => {
  it('given a drawer or a quick look on top, then it stays what it was first', () => {
    const { layer } = layerOf(ga4('view_item', [TEA]), ga4('view_cart', [CUP]), ga4('view_item', [CUP]));
    expect(layer.page()).toMatchObject({ is: 'product', product: { item: { id: 'tea' } } });
  });

  it('given lists beside a product, then it is of the product', () => {
    const { layer } = layerOf(ga4('view_item_list', [CUP]), ga4('view_item', [TEA]));
    expect(layer.page()).toMatchObject({ is: 'product', listed: [{ item: { id: 'cup' } }] });
  });

  it('given another address, then nothing is known of it but the currency', () => {
    const { layer } = layerOf(ga4('view_item', [TEA], { currency: 'EUR' }));
    layer.moved();
    expect(layer.page()).toEqual({ listed: [], searched: false, currency: 'EUR' });
  });
});
