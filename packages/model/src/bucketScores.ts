import type { Query } from './query.ts';
import type { ItemIndex } from './itemIndex.ts';
import type { Tables } from './tables.ts';

/**
 * Scores of the table's rows for one query: s[r] = scale[r] x int8[r] . vector + match[r]. Done once for each query, so
 * that an item only adds a few of these numbers.
 *
 * @param out rows numbers, overwritten
 */
export function bucketScores(tables: Tables, query: Query, out: Float32Array): void {
  const { item, itemScale, rows, dim } = tables;
  const { vector } = query;
  for (let row = 0, k = 0; row < rows; row++, k += dim) {
    const scale = itemScale[row]!;
    if (scale === 0) {
      out[row] = 0;
      continue;
    }
    let dot = 0;
    for (let d = 0; d < dim; d++) dot += item[k + d]! * vector[d]!;
    out[row] = dot * scale;
  }
  for (let k = 0; k < query.matchRows.length; k++) {
    const row = query.matchRows[k]!;
    out[row] = out[row]! + query.matchValues[k]!;
  }
}

/**
 * Scores of all items from bucket scores: sum over the item's rows, plus prior, plus the personal signals.
 *
 * @param out count numbers, overwritten
 */
export function gatherScores(
  buckets: Float32Array,
  index: ItemIndex,
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
