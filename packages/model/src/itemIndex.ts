import { LIVE_HALF_LIVES } from './live.ts';
import { type Placement, RUNGS } from './ladder.ts';

/** Most rows that an item sums; further features are dropped, the schema's last ones first. */
export const MAX_ROWS = 16;

/** The rows of every item; item i is the i-th id of the catalogue. */
export interface ItemRows {
  readonly count: number;
  /** count + 1; the rows of item i are rows[offsets[i]] to rows[offsets[i + 1] - 1]. */
  readonly offsets: Uint32Array;
  readonly rows: Uint16Array | Uint32Array;
}

/** What is said of every item before its rows are here. */
export interface ListedItems {
  readonly count: number;
  /** count; position in RUNGS. */
  readonly rung: Uint8Array;
  /** count x 3 live bytes, one for each half-life. */
  readonly live: Uint8Array;
}

/** What scoring needs of every item, in columns. */
export interface ItemIndex extends ItemRows, ListedItems {}

/** Packs placed items into an index; `live` defaults to no events. */
export function packItems(placements: readonly Placement[], live?: Uint8Array): ItemIndex {
  const count = placements.length;
  const offsets = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i]! + placements[i]!.rows.length;
  const rows = new Uint32Array(offsets[count]!);
  const rung = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    rows.set(placements[i]!.rows, offsets[i]!);
    rung[i] = RUNGS.indexOf(placements[i]!.rung);
  }
  return { count, offsets, rows, rung, live: live ?? new Uint8Array(count * LIVE_HALF_LIVES.length) };
}

/** The rows of item i, a view without a copy. */
export function rowsOf(index: ItemRows, i: number): ItemRows['rows'] {
  return index.rows.subarray(index.offsets[i]!, index.offsets[i + 1]!);
}
