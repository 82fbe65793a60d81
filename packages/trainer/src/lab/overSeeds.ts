/** A mean of shares over seeds and its 95 % interval; no interval of one seed. */
export interface OverSeeds {
  readonly bySeed: readonly number[];
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** 97.5 % quantiles of Student's t for 1 to 9 degrees of freedom. */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** Most seeds that an experiment takes. */
export const MOST_SEEDS = T.length + 1;

/** The t-interval, within 0..1, of a mean of shares over 1 to `MOST_SEEDS` seeds. */
export function overSeeds(bySeed: readonly number[]): OverSeeds {
  const n = bySeed.length;
  const mean = bySeed.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { bySeed, mean, low: null, high: null };
  const variance = bySeed.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = T[n - 2]! * Math.sqrt(variance / n);
  return { bySeed, mean, low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
}
