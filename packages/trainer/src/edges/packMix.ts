import type { Edges } from '@evershelf/model';
import { mixEdges } from './mixEdges.ts';
import { packEdges } from './packEdges.ts';
import type { SparseRows } from './SparseRows.ts';

/** What the two estimators say; one that has no share in a mix may be left out. */
export interface EdgeEstimates {
  readonly ridge?: SparseRows;
  readonly cosine?: SparseRows;
}

/** The mixed edges as they are stored. */
export function packMix({
  estimates: { ridge, cosine },
  ridgeShare,
}: {
  estimates: EdgeEstimates;
  ridgeShare: number;
}): Edges {
  if (ridgeShare === 0) return packEdges(cosine!);
  if (ridgeShare === 1) return packEdges(ridge!);
  return packEdges(mixEdges(ridge!, cosine!, ridgeShare));
}
