import { describe, expect, it } from 'vitest';
import { checkRules } from '../../../src/rules/checkRules.ts';
import { rulesOf } from '../../../src/storefront/placements/rulesOf.ts';

const read = (attributes: Record<string, string>, k = 8) =>
  rulesOf((name) => attributes[name], k, checkRules);

describe('rules in attributes', () => {
  it.each([
    ['5..20', { from: 5, to: 20 }],
    ['5..', { from: 5 }],
    ['..20', { to: 20 }],
    [' 0.5 .. 1.25 ', { from: 0.5, to: 1.25 }],
  ])('price="%s" is a band of prices', (price, wanted) => {
    expect(read({ price })).toEqual({ rules: { where: { price: wanted } }, exclude: [], problems: [] });
  });

  it('ids between spaces are pinned to the first places, and JSON to any', () => {
    expect(read({ pins: 'a b' }).rules).toEqual({
      pins: [
        { item: 'a', place: 1 },
        { item: 'b', place: 2 },
      ],
    });
    expect(read({ pins: '[{"item":"a","place":3}]' }).rules).toEqual({ pins: [{ item: 'a', place: 3 }] });
  });

  it('ids are left out, also those with a space in them', () => {
    expect(read({ exclude: 'a  b' }).exclude).toEqual(['a', 'b']);
    expect(read({ exclude: '["a b", "c"]' }).exclude).toEqual(['a b', 'c']);
  });

  it('all attributes together are one set of rules, and each wins over the JSON of `rules`', () => {
    const { rules, problems } = read({
      rules:
        '{"where": {"price": {"to": 3}, "colour": {"in": ["red"]}}, "caps": [{"by": "brand", "most": 1}], "diversity": 0.1}',
      where: '{"colour": {"in": ["blue"]}}',
      price: '..20',
      boosts: '[{"where": {"brand": {"in": ["Own"]}}, "by": 0.5}]',
      'brand-cap': '2',
      diversity: '0.3',
    });
    expect(problems).toEqual([]);
    expect(rules).toEqual({
      where: { colour: { in: ['blue'] }, price: { to: 20 } },
      boosts: [{ where: { brand: { in: ['Own'] } }, by: 0.5 }],
      caps: [{ by: 'brand', most: 2 }],
      diversity: 0.3,
    });
  });

  it.each([
    ['price', '5-20', 'price: found "5-20", wanted a range such as 5..20, 5.. or ..20; it is left out'],
    ['price', '20..5', 'price: where.price.from: found 20, wanted at most its to, 5; it is left out'],
    [
      'where',
      '{colour}',
      'where: found "{colour}", wanted JSON such as {"colour": {"in": ["red"]}}; it is left out',
    ],
    ['brand-cap', 'two', 'brand-cap: found "two", wanted a whole number >= 1; it is left out'],
    ['brand-cap', '0', 'brand-cap: caps[0].most: found 0, wanted a whole number >= 1; it is left out'],
    ['diversity', '7', 'diversity: found 7, wanted a number from 0 to 1; it is left out'],
    [
      'pins',
      '[{"item":"a","place":9}]',
      'pins: pins[0].place: found 9, wanted a whole number from 1 to k, 8; it is left out',
    ],
    ['exclude', '[', 'exclude: found "[", wanted JSON such as ["sku-1", "sku-2"]; it is left out'],
    [
      'rules',
      '[]',
      'rules: found [], wanted an object of where, boosts, pins, caps, diversity; it is left out',
    ],
    [
      'rules',
      '{"wear": 1}',
      'rules: wear: found 1, wanted one of where, boosts, pins, caps, diversity; it is left out',
    ],
  ])('%s="%s" is refused with what was found and wanted', (attribute, text, message) => {
    expect(read({ [attribute]: text })).toEqual({
      rules: {},
      exclude: [],
      problems: [{ attribute, message }],
    });
  });

  it('a mistake costs no more than its own field', () => {
    const { rules, problems } = read({
      rules: '{"diversity": 2, "caps": [{"by": "brand", "most": 1}]}',
      price: '..5',
    });
    expect(rules).toEqual({ where: { price: { to: 5 } }, caps: [{ by: 'brand', most: 1 }] });
    expect(problems).toHaveLength(1);
  });
});
