import type { Interval } from '../evaluate/bootstrap.ts';

/** The standard normal's quantile for 95 % in the middle. */
export const Z = 1.959963984540054;

/**
 * A share and its 95 % interval by Wilson's score (1927), for draws that do not depend on each other; 0 to 1 where there are none.
 *
 * @param hits 0 to `of`
 */
export function wilson(hits: number, of: number): Interval {
  if (of === 0) return { mean: 0, low: 0, high: 1 };
  const share = hits / of;
  const middle = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))) / (1 + Z ** 2 / of);
  return { mean: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
