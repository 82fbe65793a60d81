import * as fc from 'fast-check';
import { packItems, type Placement, RUNGS } from '@evershelf/model';
import { expect, it } from 'vitest';
import { packIndex } from '../src/shop/packIndex.ts';

const placement = fc.record({
  rung: fc.constantFrom(...RUNGS),
  rows: fc.uniqueArray(fc.nat(1000), { minLength: 1, maxLength: 16 }),
});
const bytes = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255));

it('an index with what has changed is that of the items as they are now', () => {
  const shop = fc.record({
    before: fc.array(placement, { maxLength: 30 }),
    moved: fc.array(fc.tuple(fc.nat(29), placement), { maxLength: 10 }),
    added: fc.array(placement, { maxLength: 10 }),
    counted: fc.array(fc.tuple(fc.nat(39), bytes), { maxLength: 10 }),
  });
  fc.assert(
    fc.property(shop, ({ before, moved, added, counted }) => {
      const live = Uint8Array.from({ length: 3 * before.length }, (_, k) => k % 251);
      const trained = packItems(before, live);
      const count = before.length + added.length;
      const placed = new Map<number, Placement>(moved.filter(([i]) => i < before.length));
      added.forEach((each, k) => placed.set(before.length + k, each));
      const since = new Map(counted.filter(([i]) => i < count));
      const now = Array.from({ length: count }, (_, i) => placed.get(i) ?? before[i]!);
      const nowLive = new Uint8Array(3 * count);
      nowLive.set(live);
      for (const [i, own] of since) nowLive.set(own, 3 * i);
      expect(packIndex(trained, placed, since, count)).toEqual(packItems(now, nowLive));
    }),
    { seed: 1, numRuns: 300 },
  );
});
