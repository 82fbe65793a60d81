import { type Edges, MAX_EDGES } from '@evershelf/model';
import { topIndices } from '../train/topIndices.ts';
import type { SparseRows } from './SparseRows.ts';

/** The strongest edges of each item as int8, by the largest magnitude of the item. Edges that round to nothing go. */
export function packEdges({ start, to, weight }: SparseRows, most = MAX_EDGES): Edges {
  const items = start.length - 1;
  const packed = { start: new Uint32Array(items + 1), scale: new Float32Array(items) };
  const reached = new Uint32Array(Math.min(to.length, items * most));
  const steps = new Int8Array(reached.length);
  let end = 0;
  for (let j = 0; j < items; j++) {
    const sizes = weight.subarray(start[j]!, start[j + 1]!).map(Math.abs);
    const scale = Math.fround(sizes.reduce((largest, size) => Math.max(largest, size), 0) / 127);
    packed.scale[j] = scale;
    for (const k of topIndices(sizes, most).sort()) {
      const step = scale > 0 ? Math.round(weight[start[j]! + k]! / scale) : 0;
      if (step === 0) continue;
      reached[end] = to[start[j]! + k]!;
      steps[end++] = step;
    }
    packed.start[j + 1] = end;
  }
  return { ...packed, to: reached.slice(0, end), weight: steps.slice(0, end) };
}
