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

/** Symmetric int8 quantisation of `rows` x `dim` numbers, each row by its largest magnitude. */
export function quantiseRows(values: Float32Array, dim: number): { int8: Int8Array; scale: Float32Array } {
  const rows = values.length / dim;
  const int8 = new Int8Array(values.length);
  const scale = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let largest = 0;
    for (let k = row * dim; k < (row + 1) * dim; k++) largest = Math.max(largest, Math.abs(values[k]!));
    if (largest === 0) continue;
    const step = Math.fround(largest / 127);
    scale[row] = step;
    for (let k = row * dim; k < (row + 1) * dim; k++) int8[k] = Math.round(values[k]! / step);
  }
  return { int8, scale };
}
