import { coarseScale } from './coarseScale.ts';

/** What the rows of an item add to its score. */
export interface ItemTable {
  /** A power of two. */
  readonly rows: number;
  /** A multiple of 4. */
  readonly dim: number;
  /** rows x dim; what a row of an item adds to the item vector. */
  readonly item: Int8Array;
  readonly itemScale: Float32Array;
}

/**
 * The trained tables, one row for each hash bucket. A row of the context and of the item table is `dim` int8 numbers and
 * one scale: value = int8 x scale. A row that training never reached has scale 0.
 */
export interface Tables extends ItemTable {
  /** rows x dim; what a row in the history adds to the query vector. */
  readonly context: Int8Array;
  readonly contextScale: Float32Array;
  /** rows; weight of a row that item and context share, >= 0, 0 for rows of ids and unknown tokens. */
  readonly match: Float32Array;
}

/**
 * Symmetric int8 quantisation of `rows` x `dim` numbers, each row by its largest magnitude.
 *
 * @param steps on either side of zero, 1 to 127
 */
export function quantiseRows(
  values: Float32Array,
  dim: number,
  steps = 127,
): { int8: Int8Array; scale: Float32Array } {
  const rows = values.length / dim;
  const int8 = new Int8Array(values.length);
  const scale = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let largest = 0;
    for (let k = row * dim; k < (row + 1) * dim; k++) largest = Math.max(largest, Math.abs(values[k]!));
    if (largest === 0) continue;
    const step = coarseScale(largest / steps);
    scale[row] = step;
    for (let k = row * dim; k < (row + 1) * dim; k++) int8[k] = Math.round(values[k]! / step);
  }
  return { int8, scale };
}

/** Match weights in steps of one size; the largest of them is 255 steps. */
export function quantiseMatch(match: Float32Array): { steps: Uint8Array; scale: number } {
  const scale = Math.fround(match.reduce((largest, value) => Math.max(largest, value), 0) / 255);
  return { steps: Uint8Array.from(match, (value) => (scale > 0 ? Math.round(value / scale) : 0)), scale };
}
