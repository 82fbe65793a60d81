import { addMatchScores, type Query, type Tables } from '@evershelf/model';
import { openKernels } from './kernels.ts';

/**
 * `bucketScores` of one query after another on WebAssembly SIMD: what ranks thousands of events is worth a copy of the item
 * table.
 *
 * @returns the scores of the rows, overwritten by the next query
 */
export function bucketKernel({ item, itemScale, rows, dim }: Tables): (query: Query) => Float32Array {
  const { run, arrays } = openKernels({
    item: [Int8Array, item.length],
    scale: [Float32Array, rows],
    vector: [Float32Array, dim],
    out: [Float32Array, rows],
  });
  arrays.item.values.set(item);
  arrays.scale.values.set(itemScale);
  const out = arrays.out.values;
  return (query) => {
    if (query.vector.some((value) => value !== 0)) {
      arrays.vector.values.set(query.vector);
      const { item, scale, vector } = arrays;
      run.bucketDots(item.at, scale.at, vector.at, rows, vector.values.byteLength, arrays.out.at);
    } else out.fill(0);
    addMatchScores(query, out);
    return out;
  };
}
