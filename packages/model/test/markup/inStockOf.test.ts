import { describe, expect, it } from 'vitest';
import { inStockOf } from '../../src/markup/index.ts';

describe('inStockOf', () => {
  it.each([
    ['https://schema.org/InStock', true],
    ['http://schema.org/InStock/', true],
    ['schema:InStock', true],
    ['InStock', true],
    ['in_stock', true],
    ['in stock', true],
    ['https://schema.org/LimitedAvailability', true],
    ['preorder', true],
    ['https://schema.org/BackOrder', true],
    ['https://schema.org/OutOfStock', false],
    ['out of stock', false],
    ['https://schema.org/SoldOut', false],
    ['https://schema.org/Discontinued', false],
    ['https://schema.org/InStoreOnly', false],
    ['https://schema.org/Whatever', undefined],
    ['', undefined],
    [true, undefined],
  ])('takes %j for %j', (written, isIn) => expect(inStockOf(written)).toBe(isIn));
});
