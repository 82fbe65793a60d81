import { allItems } from '../../../../packages/sdk/src/engines/mask.ts';
import { selectTop } from '../../../../packages/sdk/src/engines/selectTop.ts';
import { type Contender, K } from './Contender.ts';
import type { BenchShop } from './makeShop.ts';

/**
 * What a two-tower does that scores item by item: sum the item's rows to its vector, take the dot product with each query,
 * then the exact top k, which is our own, as a good one.
 */
export async function gatherDot(shop: BenchShop): Promise<Contender> {
  const { tables, index, ids, prior } = shop;
  const { item, itemScale, dim } = tables;
  const vector = new Float32Array(dim);
  const all = allItems(index.count);
  const scores: Float32Array[] = [];
  return {
    bytes:
      item.byteLength +
      itemScale.byteLength +
      index.offsets.byteLength +
      index.rows.byteLength +
      prior.byteLength,
    async topK(queries) {
      while (scores.length < queries.length) scores.push(new Float32Array(index.count));
      for (let i = 0; i < index.count; i++) {
        vector.fill(0);
        for (let k = index.offsets[i]!; k < index.offsets[i + 1]!; k++) {
          const row = index.rows[k]!;
          const scale = itemScale[row]!;
          const start = row * dim;
          for (let d = 0; d < dim; d++) vector[d] = vector[d]! + scale * item[start + d]!;
        }
        for (let c = 0; c < queries.length; c++) scores[c]![i] = prior[i]! + dot(vector, queries[c]!);
      }
      return queries.map((_, c) => selectTop(scores[c]!, all, K, ids).items);
    },
  };
}

/** Four sums run side by side, as in our own: one would wait for each of its additions. */
function dot(left: Float32Array, right: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let k = 0; k < left.length; k += 4) {
    a += left[k]! * right[k]!;
    b += left[k + 1]! * right[k + 1]!;
    c += left[k + 2]! * right[k + 2]!;
    d += left[k + 3]! * right[k + 3]!;
  }
  return a + b + c + d;
}
