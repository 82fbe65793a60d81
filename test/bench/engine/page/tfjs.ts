/// <reference types="vite/client" />
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { type Contender, K } from './Contender.ts';
import { floatTable } from './floatTable.ts';
import { type BenchShop, ROWS_PER_ITEM } from './makeShop.ts';

setWasmPaths({
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
});

/**
 * Stock tfjs with the operations that it has for this: gather, sum, matMul, topk. It gathers no int8, so that the table is
 * made float32 at load; nothing else is made before.
 */
export async function tfjs(backend: 'webgpu' | 'wasm' | 'cpu', shop: BenchShop): Promise<Contender> {
  const { tables, index, prior } = shop;
  const use = async (): Promise<void> => {
    if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no backend ${backend} here`);
  };
  await use();
  await tf.ready();
  const table = tf.tensor2d(floatTable(tables), [tables.rows, tables.dim]);
  const rows = tf.tensor2d(Int32Array.from(index.rows), [index.count, ROWS_PER_ITEM], 'int32');
  const offset = tf.tensor1d(prior);
  return {
    bytes: 4 * (table.size + rows.size + offset.size),
    async topK(queries) {
      await use();
      const best = tf.tidy(() => {
        const vectors = tf.sum(tf.gather(table, rows), 1);
        const asked = tf.stack(queries.map((query) => tf.tensor1d(query)));
        return tf.topk(tf.add(tf.matMul(asked, vectors, false, true), offset), K).indices;
      });
      const items = await best.data();
      best.dispose();
      return queries.map((_, c) => items.subarray(c * K, (c + 1) * K));
    },
  };
}
