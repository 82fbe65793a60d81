import { topIndices } from '../train/topIndices.ts';
import type { Range } from '../workers/slices.ts';
import type { Groups } from './Groups.ts';
import { rowBuilder, type SparseRows } from './SparseRows.ts';

export interface CosineOptions {
  /** What is left of a pair for each moment between its items, in (0, 1]. */
  readonly distanceDecay: number;
  /** Weight of a pair against the order of its items, in 0..1; pairs of one moment have no order. */
  readonly backward: number;
  /** Exponent of the reached item's own events: 0.5 makes the cosine, less lets what sells well through. */
  readonly power: number;
}

/** Edges kept for an item, more than are stored, so that they can be mixed with others. */
const KEPT = 200;
/** Moments between the items of a pair. */
const WINDOW = 20;

/**
 * Cosine of two items by the groups that they share (Deshpande and Karypis 2004), over directed pairs that count less the
 * further apart they are: w(j, i) = sum over pairs of d^distance / (n(j)^0.5 x n(i)^power).
 *
 * @param range of the items whose rows are made
 */
export function cosineEdges(
  groups: Groups,
  items: number,
  { distanceDecay, backward, power }: CosineOptions,
  [first, until]: Range = [0, items],
): SparseRows {
  const { start, items: ordered, moment, byItem, places, groupOf } = groups;
  const together = new Float64Array(items);
  const touched = new Uint32Array(items);
  const builder = rowBuilder(until - first);
  const decays = Float64Array.from({ length: WINDOW + 1 }, (_, distance) => distanceDecay ** distance);
  const counts = Uint32Array.from({ length: items }, (_, i) => byItem[i + 1]! - byItem[i]!);
  const add = (item: number, weight: number, size: number): number => {
    if (weight === 0) return size;
    if (together[item] === 0) touched[size++] = item;
    together[item] = together[item]! + weight;
    return size;
  };
  for (let j = first; j < until; j++) {
    let size = 0;
    for (let p = byItem[j]!; p < byItem[j + 1]!; p++) {
      const place = places[p]!;
      const [from, to] = [start[groupOf[place]!]!, start[groupOf[place]! + 1]!];
      const own = moment[place]!;
      for (let q = place + 1; q < to && moment[q]! - own <= WINDOW; q++) {
        if (ordered[q] !== j) size = add(ordered[q]!, decays[moment[q]! - own]!, size);
      }
      for (let q = place - 1; q >= from && own - moment[q]! <= WINDOW; q--) {
        const order = moment[q] === own ? 1 : backward;
        if (ordered[q] !== j) size = add(ordered[q]!, order * decays[own - moment[q]!]!, size);
      }
    }
    const found = touched.slice(0, size).sort();
    const weights = Float32Array.from(found, (i) => together[i]! / (counts[j]! ** 0.5 * counts[i]! ** power));
    for (let k = 0; k < size; k++) together[found[k]!] = 0;
    const best = topIndices(weights, KEPT).sort();
    builder.add(
      best.map((k) => found[k]!),
      Float32Array.from(best, (k) => weights[k]!),
      best.length,
    );
  }
  return builder.rows();
}
