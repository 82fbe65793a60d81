import { expect, it } from 'vitest';
import { ga4Item } from '../../../src/storefront/measure/ga4Item.ts';

it('an item has the names of GA4, with five levels of its category', () => {
  const item = {
    id: 'sku-1',
    title: 'Oat ice cream',
    price: 4.5,
    brand: 'Own',
    category: ['Grocery', 'Frozen', 'Ice cream', 'Vegan', 'Oat', 'Tubs'],
  };
  expect(ga4Item(item, 2)).toEqual({
    item_id: 'sku-1',
    item_name: 'Oat ice cream',
    index: 2,
    price: 4.5,
    item_brand: 'Own',
    item_category: 'Grocery',
    item_category2: 'Frozen',
    item_category3: 'Ice cream',
    item_category4: 'Vegan',
    item_category5: 'Oat',
  });
});

it('what nobody knows of it is left out, and its id stands for its name', () => {
  expect(ga4Item({ id: 'sku-1', brand: ['two', 'brands'] }, 0)).toEqual({
    item_id: 'sku-1',
    item_name: 'sku-1',
    index: 0,
  });
});
