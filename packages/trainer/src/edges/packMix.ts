import type { Edges } from '@evershelf/model';
import { mixEdges } from './mixEdges.ts';
import { packEdges } from './packEdges.ts';
import type { SparseRows } from './SparseRows.ts';
import { strongestEdges } from './strongestEdges.ts';

/** What the two estimators say; one that has no share in a mix may be left out. */
export interface EdgeEstimates {
  readonly ridge?: SparseRows;
  readonly cosine?: SparseRows;
}

/** Steps of an item's largest weight: 15 rank held-out events of three logs as well as 127, in half the bits. */
const STEPS = 15;

/**
 * The mixed edges as they are stored.
 *
 * @param mean how many are kept for an item on average
 */
export function packMix({
  estimates: { ridge, cosine },
  ridgeShare,
  mean,
}: {
  estimates: EdgeEstimates;
  ridgeShare: number;
  mean: number;
}): Edges {
  const mixed =
    ridgeShare === 0 ? cosine! : ridgeShare === 1 ? ridge! : mixEdges(ridge!, cosine!, ridgeShare);
  return packEdges(strongestEdges(mixed, mean), STEPS);
}
