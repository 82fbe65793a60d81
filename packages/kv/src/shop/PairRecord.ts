import type { PairRow } from './pairRow.ts';

/** What was taken with an item, as the store keeps it beside the item. */
export interface PairRecord extends PairRow {
  readonly id: string;
  /** Digest of the pairs of the last publication: the same ones again start nothing anew. */
  readonly seed?: string;
}
