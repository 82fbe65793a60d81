import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestItems } from '../../src/engines/bestItems.ts';

const SCORES = fc.array(
  fc.oneof(
    fc.constantFrom(0, -0, 1, -1, 0.5, Infinity, -Infinity),
    fc.float({ noNaN: true, noDefaultInfinity: true }),
  ),
  { maxLength: 300 },
);

it('keeps the k best, the best first, equal scores by id', () => {
  fc.assert(
    fc.property(SCORES, fc.integer({ min: 1, max: 120 }), (scores, k) => {
      const ids = scores.map((_, i) => `sku-${(i * 7919) % 1009}`);
      const best = bestItems(k, ids);
      scores.forEach((score, item) => best.offer(item, score));
      const wanted = [...scores.keys()]
        .toSorted((a, b) => scores[b]! - scores[a]! || (ids[a]! < ids[b]! ? -1 : 1))
        .slice(0, k);
      const { items, scores: found } = best.ranked();
      expect([...items]).toEqual(wanted);
      expect([...found].map((score) => score + 0)).toEqual(wanted.map((i) => Math.fround(scores[i]!) + 0));
    }),
  );
});
