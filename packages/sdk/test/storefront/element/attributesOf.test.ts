import { expect, it } from 'vitest';
import { attributesOf } from '../../../src/storefront/element/attributesOf.ts';
import { SHELF_ATTRIBUTES } from '../../../src/storefront/element/shelfAttributes.ts';
import type { ShelfProps } from '../../../src/storefront/element/ShelfProps.ts';

/** All props that there are. */
const ALL: Required<ShelfProps> = {
  ...{
    placement: 'home',
    count: 4,
    intent: 'again',
    item: 'sku-1',
    category: ['Grocery', 'Frozen'],
    query: 'oat',
  },
  ...{
    repeat: true,
    fatigue: 'off',
    rules: {},
    where: { price: { to: 5 } },
    price: '..5',
    boosts: [],
    pins: [],
  },
  ...{ brandCap: 2, diversity: 0.5, exclude: ['sku-2'], name: 'top', heading: '', level: 3, layout: 'grid' },
  ...{ template: '#card', href: '/product/{id}', why: true, currency: 'EUR' },
};

it('each attribute of a shelf has a prop', () => {
  expect(Object.keys(attributesOf(ALL)).toSorted()).toEqual([...SHELF_ATTRIBUTES].toSorted());
});

it('props are written as their attributes are read', () => {
  expect(attributesOf(ALL)).toMatchObject({
    ...{ count: '4', category: '["Grocery","Frozen"]', where: '{"price":{"to":5}}', heading: '' },
    ...{ repeat: '', 'brand-cap': '2' },
  });
  expect(attributesOf({ why: false, count: 8, class: undefined, onClick: () => {} })).toEqual({ count: '8' });
});
