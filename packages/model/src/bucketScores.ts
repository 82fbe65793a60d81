import type { Query } from './query.ts';
import type { ItemRows } from './itemIndex.ts';
import type { ItemTable } from './tables.ts';

/**
 * Scores of the table's rows for one query: s[r] = scale[r] x int8[r] . vector + match[r]. Done once for each query, so
 * that an item only adds a few of these numbers.
 *
 * @param out rows numbers, overwritten
 */
export function bucketScores(tables: ItemTable, query: Query, out: Float32Array): void {
  if (query.vector.some((value) => value !== 0)) dotProducts(tables, query.vector, out);
  else out.fill(0);
  addMatchScores(query, out);
}

/** Adds the `match` signal to the scores of the rows. */
export function addMatchScores(query: Query, out: Float32Array): void {
  for (let k = 0; k < query.matchRows.length; k++) {
    const row = query.matchRows[k]!;
    out[row] = out[row]! + query.matchValues[k]!;
  }
}

/** out[r] = scale[r] x int8[r] . vector; four sums run side by side, for one would wait for each of its additions. */
function dotProducts(
  { item, itemScale, rows, dim }: ItemTable,
  vector: Float32Array,
  out: Float32Array,
): void {
  for (let row = 0; row < rows; row++) {
    const scale = itemScale[row]!;
    if (scale === 0) {
      out[row] = 0;
      continue;
    }
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = row * dim, v = 0; v < dim; k += 4, v += 4) {
      a += item[k]! * vector[v]!;
      b += item[k + 1]! * vector[v + 1]!;
      c += item[k + 2]! * vector[v + 2]!;
      d += item[k + 3]! * vector[v + 3]!;
    }
    out[row] = (a + b + c + d) * scale;
  }
}

/**
 * Scores of all items from bucket scores: sum over the item's rows, plus prior, plus the personal signals.
 *
 * @param out count numbers, overwritten
 */
export function gatherScores(
  buckets: Float32Array,
  index: ItemRows,
  prior: Float32Array,
  query: Query,
  out: Float32Array,
): void {
  const { offsets, rows, count } = index;
  for (let i = 0, k = 0; i < count; i++) {
    const end = offsets[i + 1]!;
    let score = prior[i]!;
    for (; k < end; k++) score += buckets[rows[k]!]!;
    out[i] = score;
  }
  for (let k = 0; k < query.items.length; k++) {
    const i = query.items[k]!;
    out[i] = out[i]! + query.itemValues[k]!;
  }
}
