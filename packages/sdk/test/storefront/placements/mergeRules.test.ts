import { describe, expect, it } from 'vitest';
import { mergeRules } from '../../../src/storefront/placements/mergeRules.ts';

describe('rules of two places', () => {
  it('are none where neither has any', () => expect(mergeRules(undefined, {})).toEqual({}));

  it('are those of the second where both speak of the same, and of both else', () => {
    expect(
      mergeRules(
        {
          where: { price: { from: 1, to: 9 }, brand: { in: ['A'] } },
          boosts: [{ where: { brand: { in: ['A'] } }, by: 1 }],
          pins: [
            { item: 'a', place: 1 },
            { item: 'b', place: 2 },
            { item: 'c', place: 3 },
          ],
          caps: [
            { by: 'brand', most: 1 },
            { by: 'title', most: 1 },
          ],
          diversity: 0.1,
        },
        {
          where: { price: { to: 5 } },
          boosts: [{ where: { brand: { in: ['B'] } }, by: 2 }],
          pins: [
            { item: 'b', place: 1 },
            { item: 'd', place: 4 },
          ],
          caps: [{ by: 'brand', most: 3 }],
          diversity: 0.2,
        },
      ),
    ).toEqual({
      where: { price: { from: 1, to: 5 }, brand: { in: ['A'] } },
      boosts: [
        { where: { brand: { in: ['A'] } }, by: 1 },
        { where: { brand: { in: ['B'] } }, by: 2 },
      ],
      pins: [
        { item: 'c', place: 3 },
        { item: 'b', place: 1 },
        { item: 'd', place: 4 },
      ],
      caps: [
        { by: 'title', most: 1 },
        { by: 'brand', most: 3 },
      ],
      diversity: 0.2,
    });
  });
});
