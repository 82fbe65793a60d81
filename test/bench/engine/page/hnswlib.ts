import * as exported from 'hnswlib-wasm';
import type { BruteforceSearch } from 'hnswlib-wasm/dist/hnswlib-wasm.js';
import { type Contender, K } from './Contender.ts';
import { floatTable } from './floatTable.ts';
import type { BenchShop } from './makeShop.ts';

/** What the package exports; its own types name a file in a way that only bundlers resolve. */
const { loadHnswlib } = exported as unknown as {
  loadHnswlib(): Promise<{ BruteforceSearch: typeof BruteforceSearch }>;
};

/**
 * Exact vector search in WebAssembly: hnswlib's brute force, float32 without SIMD, by inner product. The last release is not of
 * late, yet nothing else on npm does this in a page: EdgeVec's exact index takes bits alone, usearch is for Node, voy searches a
 * k-d tree. What SIMD makes of it is seen at ONNX Runtime. A vector search wants vectors, so the items' are made at load, with the prior as one number more.
 */
export async function hnswlib({ tables, index, prior }: BenchShop): Promise<Contender> {
  const { BruteforceSearch } = await loadHnswlib();
  const { dim } = tables;
  // Four more for one, so that vectors stay whole registers.
  const width = dim + 4;
  const table = floatTable(tables);
  const search = new BruteforceSearch('ip', width);
  search.initIndex(index.count);
  const vector = new Float32Array(width);
  for (let i = 0; i < index.count; i++) {
    vector.fill(0);
    for (let k = index.offsets[i]!; k < index.offsets[i + 1]!; k++) {
      const start = index.rows[k]! * dim;
      for (let d = 0; d < dim; d++) vector[d] = vector[d]! + table[start + d]!;
    }
    vector[dim] = prior[i]!;
    search.addPoint(vector, i);
  }
  const asked = new Float32Array(width);
  asked[dim] = 1;
  return {
    bytes: 4 * width * index.count,
    topK: async (queries) =>
      queries.map((query) => {
        asked.set(query);
        return search.searchKnn(asked, K, undefined).neighbors;
      }),
  };
}
