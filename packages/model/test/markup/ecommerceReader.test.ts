import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkItem } from '../../src/index.ts';
import { type Ecommerce, ecommerceReader, eventKind, ga4Item } from '../../src/markup/index.ts';

/** What a data layer of these messages says happened. */
const read = (...messages: unknown[]): Ecommerce[] => messages.flatMap(ecommerceReader());

const SHIRT = {
  item_id: 'SKU_12345',
  item_name: 'Stan and Friends Tee',
  affiliation: 'Merchandise Store',
  coupon: 'SUMMER_FUN',
  discount: 2.22,
  index: 0,
  item_brand: 'Google',
  item_category: 'Apparel',
  item_category2: 'Adult',
  item_category3: 'Shirts',
  item_category4: 'Crew',
  item_category5: 'Short sleeve',
  item_list_id: 'related_products',
  item_list_name: 'Related Products',
  item_variant: 'green',
  location_id: 'ChIJIQBpAG2ahYAR_6128GcTUEo',
  price: 10.01,
  google_business_vertical: 'retail',
  quantity: 3,
};

/** SHIRT as an item: what belongs to the event is not of the product. */
const ITEM = {
  id: 'SKU_12345',
  title: 'Stan and Friends Tee',
  brand: 'Google',
  category: ['Apparel', 'Adult', 'Shirts', 'Crew', 'Short sleeve'],
  variant: 'green',
  price: 10.01,
};

describe('ga4Item', () => {
  it("given all of Google's fields, then those of the product are the item's", () => {
    expect(ga4Item(SHIRT)).toEqual({ item: ITEM, ids: ['SKU_12345'] });
  });

  it('given a level of the category without the one before, then the path goes on', () => {
    expect(
      ga4Item({ item_id: 'a', item_category: 'Apparel', item_category3: 'Shirts' })?.item.category,
    ).toEqual(['Apparel', 'Shirts']);
  });

  it('given a path in one level, then it is a path', () => {
    expect(ga4Item({ item_id: 7, item_category: 'Apparel > Shirts' })?.item).toEqual({
      id: '7',
      category: ['Apparel', 'Shirts'],
    });
  });

  it('given what GA4 exports where nothing was said, then nothing is said', () => {
    const item = {
      item_id: 'a',
      item_name: '(not set)',
      item_brand: '(not set)',
      item_category: '(not set)',
      price: null,
    };
    expect(ga4Item(item)).toEqual({ item: { id: 'a' }, ids: ['a'] });
  });

  it('given no id, then the name is it, and without either there is no item', () => {
    expect(ga4Item({ item_name: 'Tee' })?.item).toEqual({ id: 'Tee', title: 'Tee' });
    expect(ga4Item({ price: 3 })).toBeUndefined();
    expect(ga4Item('SKU_12345')).toBeUndefined();
  });
});

describe('eventKind', () => {
  it.each([
    ['view_item', 'view'],
    ['add_to_cart', 'cart'],
    ['add_to_wishlist', 'wishlist'],
    ['purchase', 'purchase'],
  ])('%s is a %s', (event, kind) => expect(eventKind(event)).toBe(kind));

  it.each([
    'view_item_list',
    'select_item',
    'view_cart',
    'remove_from_cart',
    'begin_checkout',
    'refund',
    'constructor',
  ])('%s says nothing new of what the shopper wants', (event) => expect(eventKind(event)).toBeUndefined());
});

describe('ecommerceReader', () => {
  it('given an event of GA4, then it says event, products, quantity and currency', () => {
    const message = { event: 'add_to_cart', ecommerce: { currency: 'USD', value: 30.03, items: [SHIRT] } };
    expect(read(message)).toEqual([
      {
        event: 'add_to_cart',
        shape: 'ga4',
        currency: 'USD',
        lines: [{ found: { item: ITEM, ids: ['SKU_12345'] }, quantity: 3 }],
      },
    ]);
  });

  it("given gtag's arguments, then it is the same event", () => {
    const pushed: unknown[] = [];
    // As Google's snippet has it, whose messages are no arrays.
    const gtag = function (): void {
      // oxlint-disable-next-line prefer-rest-params
      pushed.push(arguments);
    } as (...said: unknown[]) => void;
    gtag('js', new Date());
    gtag('config', 'G-XXXX');
    gtag('event', 'view_item', { currency: 'EUR', items: [SHIRT] });
    gtag('event', 'scroll', {});
    expect(read(...pushed)).toMatchObject([
      { event: 'view_item', currency: 'EUR', lines: [{ found: { item: ITEM } }] },
    ]);
  });

  it('given a purchase, then it says which order it is', () => {
    const ecommerce = { transaction_id: 'T_12345', currency: 'usd', items: [SHIRT] };
    expect(read({ event: 'purchase', ecommerce })).toMatchObject([
      { transaction: 'T_12345', currency: 'USD' },
    ]);
  });

  it('given items beside the event, without ecommerce, then they are read too', () => {
    expect(read({ event: 'view_cart', items: [SHIRT] })).toMatchObject([{ lines: [{ quantity: 3 }] }]);
  });

  it('given products that came before their event, then the event has them, until they are reset', () => {
    const [staged, event] = [{ ecommerce: { items: [SHIRT] } }, { event: 'view_item' }];
    expect(read(staged, event)[0]!.lines).toHaveLength(1);
    expect(read(staged, { ecommerce: null }, event)[0]!.lines).toEqual([]);
  });

  it('given an event with products of its own, then a later event does not get them', () => {
    const [first, second] = [{ event: 'view_item', ecommerce: { items: [SHIRT] } }, { event: 'purchase' }];
    expect(read(first, second)[1]!.lines).toEqual([]);
  });

  it.each([
    ['detail', 'view_item'],
    ['add', 'add_to_cart'],
    ['remove', 'remove_from_cart'],
    ['checkout', 'begin_checkout'],
    ['click', 'select_item'],
    ['purchase', 'purchase'],
    ['refund', 'refund'],
  ])("given Universal Analytics' %s, then it is %s", (key, event) => {
    const products = [
      {
        id: 'P12345',
        name: 'Warhol T-Shirt',
        category: 'Apparel/T-Shirts',
        brand: 'Google',
        variant: 'black',
        price: '15.25',
        quantity: 2,
      },
    ];
    const message = {
      event: 'whatever',
      ecommerce: { currencyCode: 'EUR', [key]: { actionField: { id: 'T1' }, products } },
    };
    expect(read(message)).toEqual([
      {
        event,
        shape: 'universal',
        currency: 'EUR',
        transaction: 'T1',
        lines: [
          {
            quantity: 2,
            found: {
              ids: ['P12345'],
              item: {
                id: 'P12345',
                title: 'Warhol T-Shirt',
                category: ['Apparel', 'T-Shirts'],
                brand: 'Google',
                variant: 'black',
                price: 15.25,
              },
            },
          },
        ],
      },
    ]);
  });

  it("given Universal Analytics' impressions beside a detail, then both are read", () => {
    const ecommerce = { impressions: [{ id: 'a' }, { id: 'b' }], detail: { products: [{ id: 'c' }] } };
    expect(read({ ecommerce }).map(({ event, lines }) => [event, lines.length])).toEqual([
      ['view_item_list', 2],
      ['view_item', 1],
    ]);
  });

  it("given one event in both conventions in one message, then GA4's is read", () => {
    const ecommerce = { items: [SHIRT], detail: { products: [{ id: 'P1' }] } };
    expect(read({ event: 'view_item', ecommerce })).toMatchObject([{ shape: 'ga4' }]);
  });

  it('given a transaction from before enhanced e-commerce, then it is a purchase', () => {
    const message = {
      transactionId: 1234,
      transactionTotal: 38.26,
      transactionProducts: [{ sku: 'DD44', name: 'T-Shirt', category: 'Apparel', price: 11.99, quantity: 1 }],
    };
    expect(read(message)).toMatchObject([
      {
        event: 'purchase',
        shape: 'classic',
        transaction: '1234',
        lines: [{ found: { item: { id: 'DD44' } } }],
      },
    ]);
  });

  it.each([
    [{ event: 'gtm.js' }],
    [{ event: 'constructor' }],
    [['consent', 'default', {}]],
    [null],
    ['text'],
    [() => {}],
  ])('given %j, then nothing happened', (message) => expect(read(message)).toEqual([]));

  it('given anything at all, then it never throws, and what it gives are items', () => {
    const key = fc.constantFrom(
      ...[
        'event',
        'ecommerce',
        'items',
        'detail',
        'add',
        'products',
        'impressions',
        'actionField',
        'transactionProducts',
      ],
      ...[
        'item_id',
        'item_name',
        'item_category',
        'item_category2',
        'price',
        'quantity',
        'currency',
        '__proto__',
        '0',
        '1',
      ],
    );
    const anything = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom('event', 'view_item', 'purchase', 'add_to_cart', null, undefined, ''),
        fc.string(),
        fc.double(),
        fc.array(tie('value')),
        fc.dictionary(key, tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(fc.array(anything), (messages) => {
        for (const { lines } of read(...messages)) {
          expect(lines.length).toBeLessThanOrEqual(200);
          for (const { found, quantity } of lines) {
            expect(checkItem(found.item)).toEqual(found.item);
            expect(quantity ?? 1).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('given an object that holds itself and a million entries, then it reads two hundred', () => {
    const items: unknown[] = Array.from({ length: 1e6 }, (_, i) => ({ item_id: `a${i}` }));
    const ecommerce: Record<string, unknown> = { items };
    ecommerce['ecommerce'] = ecommerce;
    expect(read({ event: 'view_item_list', ecommerce })[0]!.lines).toHaveLength(200);
  });
});
