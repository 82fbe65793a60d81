import { describe, expect, it } from 'vitest';
import { seenBoosts } from '../../../src/storefront/placements/seenBoosts.ts';

const seen = new Map([
  ['a', 3],
  ['b', 4],
  ['c', 6],
  ['d', 6],
  ['e', 500],
]);

describe('items that were seen and passed over', () => {
  it('are lowered from the fourth time on, the more the more often, and at most by twelve steps', () => {
    expect(seenBoosts(seen, 0.5)).toEqual([
      { where: { id: { in: ['b'] } }, by: -0.5 },
      { where: { id: { in: ['c', 'd'] } }, by: -1.5 },
      { where: { id: { in: ['e'] } }, by: -6 },
    ]);
  });
  it('are as they are where the shop says so', () => expect(seenBoosts(seen, 0)).toEqual([]));
});
