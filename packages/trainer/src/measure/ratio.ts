import type { Interval } from '../evaluate/bootstrap.ts';
import { Z } from './wilson.ts';

/** Sums over units, such as sessions, of two figures of each: x over y is the ratio. */
export interface Moments {
  readonly units: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** A ratio of sums and its variance. */
export interface Ratio {
  readonly value: number;
  readonly variance: number;
}

/**
 * A ratio of two sums over units that do not depend on each other, and its variance by the delta method: what is counted within a unit,
 * such as the clicks of a session, may depend on each other as it likes. With y = 1 it is a mean and its usual variance.
 *
 * Deng, Knoblich and Lu, Applying the delta method in metric analytics, KDD 2018, section 3.
 *
 * @returns undefined where y is 0 or there are fewer than two units
 */
export function ratioOf({ units, x, y, xx, yy, xy }: Moments): Ratio | undefined {
  if (units < 2 || y === 0) return undefined;
  const value = x / y;
  const residuals = Math.max(0, xx - 2 * value * xy + value ** 2 * yy);
  return { value, variance: ((units / (units - 1)) * residuals) / y ** 2 };
}

/** The 95 % interval of a ratio, by the normal distribution. */
export function intervalOf({ value, variance }: Ratio): Interval {
  const half = Z * Math.sqrt(variance);
  return { mean: value, low: value - half, high: value + half };
}

/** What one ratio is ahead of another of other units. */
export function aheadOf(one: Ratio, other: Ratio): Interval {
  return intervalOf({ value: one.value - other.value, variance: one.variance + other.variance });
}
