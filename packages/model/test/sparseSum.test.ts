import { expect, it } from 'vitest';
import { sparseSum } from '../src/sparseSum.ts';

it('adds up by position, also beyond the expected size and for more positions than it began with', () => {
  const sums = sparseSum(4);
  for (let k = 0; k < 600; k++) sums.add(3 * (599 - k), k);
  sums.add(0, 1);
  expect([...sums.positions()].slice(0, 3)).toEqual([1797, 1794, 1791]);
  expect([sums.positions().length, sums.sums().length]).toEqual([600, 600]);
  expect([sums.get(0), sums.get(3), sums.get(4), sums.get(1e6)]).toEqual([600, 598, 0, 0]);
});
