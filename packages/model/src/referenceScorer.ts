import { type ItemRows, rowsOf } from './itemIndex.ts';
import type { Query } from './query.ts';
import type { ItemTable } from './tables.ts';

/**
 * The score of each item, by the definition and in double precision: every engine is checked against it.
 *
 *     score(i) = sum_{r in rows(i)} (scale[r] x int8[r] . vector + match[r]) + prior[i] + personal[i]
 *
 * @param prior count numbers from `itemPrior`
 * @returns count numbers
 */
export function referenceScores(
  tables: ItemTable,
  index: ItemRows,
  prior: Float32Array,
  query: Query,
): Float64Array {
  const match = new Map<number, number>();
  query.matchRows.forEach((row, k) => match.set(row, query.matchValues[k]!));
  // Many items share a row, whose part of a score is the same in each of them.
  const parts = new Float64Array(tables.rows).fill(NaN);
  const partOf = (row: number): number => {
    let dot = 0;
    for (let d = 0; d < tables.dim; d++) dot += tables.item[row * tables.dim + d]! * query.vector[d]!;
    return dot * tables.itemScale[row]! + (match.get(row) ?? 0);
  };
  const scores = new Float64Array(index.count);
  for (let i = 0; i < index.count; i++) {
    let score = prior[i]!;
    for (const row of rowsOf(index, i)) {
      if (Number.isNaN(parts[row])) parts[row] = partOf(row);
      score += parts[row]!;
    }
    scores[i] = score;
  }
  query.items.forEach((item, k) => (scores[item] = scores[item]! + query.itemValues[k]!));
  return scores;
}

/** How far an engine's score may lie from the reference: 1e-4 of the larger magnitude, at least 1e-4. */
export function scoreTolerance(reference: number): number {
  return 1e-4 * Math.max(1, Math.abs(reference));
}
