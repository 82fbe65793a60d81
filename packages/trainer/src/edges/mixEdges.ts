import { rowBuilder, type SparseRows } from './SparseRows.ts';

/**
 * A weighted sum of edges from two estimators, each on the scale of its own strongest edges.
 *
 * @param share of `a`, in 0..1, both excluded
 */
export function mixEdges(a: SparseRows, b: SparseRows, share: number): SparseRows {
  const items = a.start.length - 1;
  const mixed = new Float64Array(items);
  const touched = new Uint32Array(items);
  const builder = rowBuilder(items, a.to.length + b.to.length);
  const parts = [
    { rows: a, factor: share / strongest(a) },
    { rows: b, factor: (1 - share) / strongest(b) },
  ];
  for (let j = 0; j < items; j++) {
    let size = 0;
    for (const { rows, factor } of parts) {
      for (let k = rows.start[j]!; k < rows.start[j + 1]!; k++) {
        const item = rows.to[k]!;
        if (mixed[item] === 0) touched[size++] = item;
        mixed[item] = mixed[item]! + factor * rows.weight[k]!;
      }
    }
    const found = touched.slice(0, size).sort();
    builder.add(
      found,
      Float64Array.from(found, (item) => mixed[item]!),
      size,
    );
    for (const item of found) mixed[item] = 0;
  }
  return builder.rows();
}

/** The largest weight of an item, on average over the items that have edges. */
function strongest({ start, weight }: SparseRows): number {
  let sum = 0;
  let rows = 0;
  for (let j = 0; j + 1 < start.length; j++) {
    let largest = 0;
    for (let k = start[j]!; k < start[j + 1]!; k++) largest = Math.max(largest, Math.abs(weight[k]!));
    if (largest > 0) rows++;
    sum += largest;
  }
  return rows === 0 ? 1 : sum / rows;
}
