import { coarseScale, type Edges } from '@evershelf/model';
import type { SparseRows } from './SparseRows.ts';

/**
 * Edges as int8, by the largest magnitude of the item that they leave. None rounds to nothing: an edge is worth a step at least.
 *
 * @param rows at most `MAX_EDGES` in each
 * @param steps of the largest weight of an item, 1 to 127
 */
export function packEdges({ start, to, weight }: SparseRows, steps: number): Edges {
  const items = start.length - 1;
  const packed: Edges = {
    start,
    to,
    weight: new Int8Array(weight.length),
    scale: new Float32Array(items),
  };
  for (let j = 0; j < items; j++) {
    let largest = 0;
    for (let k = start[j]!; k < start[j + 1]!; k++) largest = Math.max(largest, Math.abs(weight[k]!));
    const scale = coarseScale(largest / steps);
    packed.scale[j] = scale;
    for (let k = start[j]!; k < start[j + 1]!; k++)
      packed.weight[k] = Math.sign(weight[k]!) * Math.max(1, Math.round(Math.abs(weight[k]!) / scale));
  }
  return packed;
}
