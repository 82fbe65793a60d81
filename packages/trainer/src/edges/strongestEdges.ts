import { MAX_EDGES } from '@evershelf/model';
import { topIndices } from '../train/topIndices.ts';
import { rowBuilder, type SparseRows } from './SparseRows.ts';

/**
 * The edges that move scores most: of the `MAX_EDGES` strongest that leave each item, the strongest of all, so that an item with
 * much to say keeps more of them.
 *
 * @param mean how many are kept for an item on average
 */
export function strongestEdges({ start, to, weight }: SparseRows, mean: number): SparseRows {
  const items = start.length - 1;
  const size = new Float32Array(weight.length);
  for (let j = 0; j < items; j++) {
    const from = start[j]!;
    const sizes = weight.subarray(from, start[j + 1]!).map(Math.abs);
    for (const k of topIndices(sizes, MAX_EDGES)) size[from + k] = sizes[k]!;
  }
  const kept = new Uint8Array(weight.length);
  for (const k of topIndices(size, Math.round(mean * items))) if (size[k]! > 0) kept[k] = 1;
  const builder = rowBuilder(items, Math.round(mean * items));
  for (let j = 0; j < items; j++) {
    const own: number[] = [];
    for (let k = start[j]!; k < start[j + 1]!; k++) if (kept[k] === 1) own.push(k);
    builder.add(
      own.map((k) => to[k]!),
      own.map((k) => weight[k]!),
      own.length,
    );
  }
  return builder.rows();
}
