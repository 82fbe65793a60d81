import type { Groups } from './Groups.ts';
import type { Range } from '../workers/slices.ts';
import { rowBuilder, type SparseRows } from './SparseRows.ts';

/** How often items share a group: G = X'X over groups, each group with a weight. Symmetric. */
export interface Cooccurrence {
  /** Without the diagonal; rows in ascending order of item. */
  readonly pairs: SparseRows;
  /** One a row; the diagonal. */
  readonly counts: Float64Array;
}

/** Pairs that share fewer groups than this are left out: most pairs do, and they say little. */
const LEAST_SHARED = 2;

/**
 * @param halfLife days after which a group counts half, as seen from the last one
 * @param range of the items whose rows are made
 */
export function cooccurrence(
  groups: Groups,
  items: number,
  halfLife: number,
  [from, until]: Range = [0, items],
): Cooccurrence {
  const { start, items: ordered, time, byItem, places, groupOf } = groups;
  const last = time.reduce((most, each) => (each > most ? each : most), -Infinity);
  const weight = Float64Array.from(time, (each) => 2 ** ((each - last) / (86_400 * halfLife)));
  const together = new Float64Array(items);
  const shared = new Uint32Array(items);
  const touched = new Uint32Array(items);
  const counts = new Float64Array(until - from);
  const builder = rowBuilder(until - from);
  for (let i = from; i < until; i++) {
    let size = 0;
    for (let p = byItem[i]!; p < byItem[i + 1]!; p++) {
      const group = groupOf[places[p]!]!;
      counts[i - from] = counts[i - from]! + weight[group]!;
      for (let q = start[group]!; q < start[group + 1]!; q++) {
        const other = ordered[q]!;
        if (other === i) continue;
        if (shared[other]!++ === 0) touched[size++] = other;
        together[other] = together[other]! + weight[group]!;
      }
    }
    const kept = touched
      .subarray(0, size)
      .filter((other) => shared[other]! >= LEAST_SHARED)
      .sort();
    builder.add(
      kept,
      Float32Array.from(kept, (other) => together[other]!),
      kept.length,
    );
    for (let k = 0; k < size; k++) shared[touched[k]!] = together[touched[k]!] = 0;
  }
  return { pairs: builder.rows(), counts };
}
