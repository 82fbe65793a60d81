import { topIndices } from '../train/topIndices.ts';
import type { Range } from '../workers/slices.ts';
import type { Cooccurrence } from './cooccurrence.ts';
import { rowBuilder, type SparseRows } from './SparseRows.ts';

/** Strongest co-occurring items that an item is explained by. */
export const NEIGHBOURS = 100;

/**
 * Local ridge regression: item i is explained by its strongest co-occurring items S alone, (G_SS + lambda I) b = g_Si. With
 * S all items this is EASE but for the diagonal's constraint (Steck 2019); local, its cost grows with the number of items.
 *
 * @param range of the items that are explained
 * @returns b by the item that is explained: to be transposed, since an edge leaves the item of S
 */
export function ridgeEdges(
  { pairs, counts }: Cooccurrence,
  lambda: number,
  [first, last]: Range = [0, counts.length],
): SparseRows {
  const { start, to, weight } = pairs;
  const items = counts.length;
  const place = new Int32Array(items).fill(-1);
  const matrix = new Float64Array(NEIGHBOURS * NEIGHBOURS);
  const right = new Float64Array(NEIGHBOURS);
  const builder = rowBuilder(last - first);
  for (let i = first; i < last; i++) {
    const [from, until] = [start[i]!, start[i + 1]!];
    const strongest = topIndices(weight.subarray(from, until), NEIGHBOURS).sort();
    const size = strongest.length;
    const neighbours = strongest.map((k) => to[from + k]!);
    for (let a = 0; a < size; a++) place[neighbours[a]!] = a;
    matrix.fill(0, 0, size * size);
    for (let a = 0; a < size; a++) {
      const row = neighbours[a]!;
      for (let k = start[row]!; k < start[row + 1]!; k++) {
        const b = place[to[k]!]!;
        if (b > a) break;
        if (b >= 0) matrix[a * size + b] = weight[k]!;
      }
      matrix[a * size + a] = counts[row]! + lambda;
      right[a] = weight[from + strongest[a]!]!;
    }
    for (let a = 0; a < size; a++) place[neighbours[a]!] = -1;
    solve(matrix, right, size);
    builder.add(neighbours, right, size);
  }
  return builder.rows();
}

/** Solves A x = b in place by Cholesky's factors; A is positive definite and given by its lower triangle, by rows. */
function solve(a: Float64Array, b: Float64Array, size: number): void {
  for (let r = 0; r < size; r++) {
    const row = r * size;
    for (let c = 0; c <= r; c++) {
      const column = c * size;
      let sum = a[row + c]!;
      for (let k = 0; k < c; k++) sum -= a[row + k]! * a[column + k]!;
      a[row + c] = r === c ? Math.sqrt(Math.max(sum, 1e-9)) : sum / a[column + c]!;
    }
  }
  for (let r = 0; r < size; r++) {
    let sum = b[r]!;
    for (let k = 0; k < r; k++) sum -= a[r * size + k]! * b[k]!;
    b[r] = sum / a[r * size + r]!;
  }
  for (let r = size - 1; r >= 0; r--) {
    let sum = b[r]!;
    for (let k = r + 1; k < size; k++) sum -= a[k * size + r]! * b[k]!;
    b[r] = sum / a[r * size + r]!;
  }
}
