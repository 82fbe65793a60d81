import { checkItem } from '../../../packages/model/src/index.ts';
import { ga4Item } from '../../../packages/model/src/markup/index.ts';
import { readLayer } from '../../../packages/sdk/src/storefront/page/readLayer.ts';
import { tabMemory } from '../../../packages/sdk/src/storefront/page/tabMemory.ts';
import { editedJsonBytes } from '../arbitraries.ts';
import type { OpenTarget } from '../Target.ts';
import { jsonOf } from '../texts.ts';

const LINE = {
  item_id: '1',
  item_name: 'Tea',
  item_brand: 'C',
  item_category: 'Food',
  item_category2: 'Tea',
  price: 2.5,
  quantity: 2,
};
const MESSAGES = [
  { event: 'view_item', ecommerce: { currency: 'EUR', items: [LINE] } },
  ['event', 'add_to_cart', { currency: 'EUR', items: [LINE] }],
  {
    event: 'purchase',
    ecommerce: { transaction_id: 't1', items: [LINE, { item_name: 'Coffee', price: '3,50' }] },
  },
  {
    ecommerce: {
      detail: {
        actionField: { list: 'x' },
        products: [{ id: '1', name: 'Tea', category: 'Food/Tea', price: '2.50' }],
      },
    },
  },
  { ecommerce: { currencyCode: 'EUR', remove: { products: [{ id: '1', quantity: 1 }] } } },
  { transactionId: 't2', transactionProducts: [{ sku: '1', name: 'Tea', price: 2, quantity: '2' }] },
  { event: 'view_search_results', search_term: 'tea' },
  { ecommerce: null },
];

/** Messages of a data layer, and rows of GA4's export: all products that are read are items. */
export const ecommerce: OpenTarget = () => ({
  reads: "messages of data layers, rows of GA4's export",
  drawn: editedJsonBytes(MESSAGES, [LINE], ...MESSAGES.map((message) => [message])),
  run(input) {
    const json = jsonOf(input);
    const messages = Array.isArray(json) ? (json as unknown[]) : [json];
    const memory = tabMemory('none');
    const layer = readLayer(
      memory,
      (events) => {
        for (const { item, kind, quantity = 1 } of events) {
          checkItem(typeof item === 'string' ? { id: item } : item);
          if (kind === '' || !(quantity > 0 && quantity < Infinity))
            throw new Error(`found ${quantity} of ${kind}`);
        }
      },
      ({ item }) => item,
    );
    for (const message of messages) {
      const row = ga4Item(message);
      if (row !== undefined) checkItem(row.item);
      if (typeof message === 'object' && message !== null) layer.take(message);
      const { product, listed } = layer.page();
      for (const found of [product, ...listed]) if (found !== undefined) checkItem(found.item);
    }
    for (const { quantity = 1 } of layer.cart() ?? [])
      if (!(quantity > 0)) throw new Error(`found ${quantity} in the cart`);
  },
});
