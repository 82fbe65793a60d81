import type { Query } from '@evershelf/model';
import type { CoarsePrior } from './coarsePrior.ts';
import { lengthOf } from './lengthOf.ts';
import { largestOf } from '../largestOf.ts';
import type { LoadedShop } from './shopMemory.ts';

/** The largest 16-bit number. */
export const LARGEST = 32_767;

/** How a query's scores become 16-bit numbers. */
export interface CoarseSteps {
  /** Size of a step, >= 0; 0 where all scores are the same. */
  readonly step: number;
  /** The query vector counts this. */
  readonly part: number;
  /** What a row's whole dot product and the prior are multiplied with; the latter in 1 / 32768. */
  readonly factor: number;
  readonly weight: number;
}

/**
 * Steps of a query such that no item's sum overflows, and no coarse score is further from the true one than `coarseError`.
 *
 * With v the query vector, |r| the length of row r as a vector, and N the largest sum of |r| over an item's rows, an item's score
 * above the least prior lies within
 *
 *     N |v| + sum of |match| + range of the prior,
 *
 * and this is what the largest 16-bit number less the error stands for.
 */
export function coarseSteps(
  { vector, matchValues }: Query,
  { itemNorm }: LoadedShop,
  prior: CoarsePrior,
  error: number,
): CoarseSteps {
  const part = largestOf(vector) / LARGEST;
  const match = matchValues.reduce((sum, value) => sum + Math.abs(value), 0);
  const step = (itemNorm * lengthOf(vector) + match + prior.range) / (LARGEST - error);
  if (step === 0) return { step, part, factor: 0, weight: 0 };
  return { step, part, factor: part / step, weight: Math.round(((LARGEST + 1) * prior.step) / step) };
}

/**
 * How many steps a coarse score may be from the true one, less what all items share:
 *
 *     width             rounding each row's dot product, and its match: a half each
 *     sqrt(dim) / 2     taking v as 16-bit numbers: each is off by half of max |v| / 32767 at most, so that r . v is off by
 *                       |r| sqrt(dim) / 2 x max |v| / 32767; max |v| is no more than |v|, and N |v| no more than 32767 steps
 *     32767 off / N     where an item's own vector stands for the sum of its rows, off by `off` at most: off |v| in such steps
 *     3                 rounding the prior, its weight and their product, a half each, and what single precision leaves
 *
 * Where s is the k-th best coarse score, k items have a true score of s - error or more. An item with a coarse score below
 * s - 2 error has a true one below that, and is none of the k best.
 *
 * @param residual off / N; 0 where no item's own vector is used
 */
export function coarseError(width: number, dim: number, residual: number): number {
  return Math.ceil(width + Math.sqrt(dim) / 2 + LARGEST * residual + 3);
}
