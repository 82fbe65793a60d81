import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { allItems } from '../../src/engines/mask.ts';
import { rerankedTopK } from '../../src/engines/rerank/rerankedTopK.ts';
import { webgpuEngine } from '../../src/engines/webgpu/webgpuEngine.ts';
import { type Candidates, type EngineName, evershelf, type RecommendOptions } from '../../src/index.ts';

/** Bytes of each buffer that was read back from the GPU. */
const read: number[] = [];
const { mapAsync } = GPUBuffer.prototype;
GPUBuffer.prototype.mapAsync = function (mode, ...range) {
  if (mode === GPUMapMode.READ) read.push(this.size);
  return mapAsync.call(this, mode, ...range);
};

/** A network with weights of its own, which sees all that there is: [n, dim + 1] x [dim + 1, 8], relu, x [8, 1]. */
function network(dim: number): { weights: tf.Tensor2D[]; model(candidates: Candidates): tf.Tensor } {
  const drawn = (rows: number, columns: number): tf.Tensor2D =>
    tf.tensor2d(
      Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(7 * i + 1)),
      [rows, columns],
    );
  const [hidden, last] = [drawn(dim + 1, 8), drawn(8, 1)];
  return {
    weights: [hidden, last],
    model({ scores, items, query }) {
      const seen = tf.concat([tf.mul(items, query), tf.expandDims(scores, 1)], 1);
      return tf.matMul(tf.relu(tf.matMul(seen, hidden)), last);
    },
  };
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** What browser.test.ts calls in the browser. */
const offered = {
  /** What a shelf answers, best first, with a model of the page or without, and what its question read back. */
  async recommend(url: string, backend: 'webgpu' | 'cpu', engine: EngineName, asked: Asked) {
    await tf.setBackend(backend);
    const shelf = await evershelf({ model: url, engine, consent: 'none', tf });
    shelf.track([3, 40, 77].map((i) => ({ item: `item ${i} ü`, kind: 'purchase' })));
    while (!(await shelf.recommend()).complete) await pause();
    const { weights, model } = network(64);
    const models = {
      none: undefined,
      reversed: ({ scores }: Candidates) => tf.neg(scores),
      equal: ({ scores }: Candidates) => tf.zerosLike(scores),
      deep: ({ items, query }: Candidates) => tf.matMul(items, tf.expandDims(query, 1)),
      network: model,
    };
    const rerank = models[asked.model] && { model: models[asked.model]!, top: asked.top };
    const options: RecommendOptions = {
      k: asked.k,
      deadline: 20_000,
      ...(asked.exclude === undefined ? {} : { exclude: asked.exclude }),
      ...(rerank === undefined ? {} : { rerank }),
    };
    await shelf.recommend(options);
    const memory = tf.memory();
    read.length = 0;
    const answer = await shelf.recommend(options);
    const bytesRead = [...read];
    const after = tf.memory();
    const deep = answer.items.map(({ item }) => shelf.explain(item.id)!.signals.deep);
    shelf.close();
    tf.dispose(weights);
    return {
      engine: answer.engine,
      items: answer.items.map(({ item, score }) => ({ id: item.id, score })),
      deep,
      bytesRead,
      grown: { tensors: after.numTensors - memory.numTensors, bytes: inGpu(after) - inGpu(memory) },
    };
  },

  /** The best 8 of so many items of equal score, by a model that finds all alike. */
  async equal(items: number): Promise<string[]> {
    await tf.setBackend('webgpu');
    const engine = await webgpuEngine(tf);
    const index = {
      count: items,
      offsets: Uint32Array.from({ length: items + 1 }, (_, i) => i),
      rows: new Uint32Array(items),
    };
    const tables = {
      ...{ rows: 1, dim: 4, context: new Int8Array(0), contextScale: new Float32Array(0) },
      ...{ item: new Int8Array(4).fill(1), itemScale: Float32Array.of(1), match: new Float32Array(1) },
    };
    const shop = { tables, index, ids: Array.from({ length: items }, (_, i) => String(items - i)) };
    const none = { rows: new Uint32Array(0), values: new Float32Array(0) };
    const query = {
      ...{ vector: new Float32Array(4).fill(1), matchRows: none.rows, matchValues: none.values },
      ...{ items: none.rows, itemValues: none.values },
    };
    engine.load(shop);
    const rerank = { tf, model: ({ scores }: Candidates) => tf.zerosLike(scores), top: 50 };
    const ask = { query, prior: new Float32Array(items), mask: allItems(items), k: 8, rerank };
    const [ranked] = await rerankedTopK(engine, shop, [ask]);
    engine.close();
    return Array.from(ranked!.items, (item) => shop.ids[item]!);
  },

  /** What a shelf says when the model fails, and what ranks afterwards. */
  async afterFailure(url: string) {
    await tf.setBackend('webgpu');
    const shelf = await evershelf({ model: url, engine: 'webgpu', consent: 'none', tf });
    while (!(await shelf.recommend()).complete) await pause();
    const failure = await shelf
      .recommend({ rerank: { model: ({ items }) => items }, deadline: 20_000 })
      .catch(({ name, message }: Error) => ({ name, message }));
    const { engine } = await shelf.recommend({ deadline: 20_000 });
    shelf.close();
    return { failure, engine };
  },

  /** What a shelf leaves on the page's device when it is closed, and what the page then computes on it. */
  async afterClose(url: string) {
    await tf.setBackend('webgpu');
    const { device } = tf.backend() as WebGPUBackend;
    let lost = false;
    void device.lost.then(() => (lost = true));
    const before = tf.memory();
    const shelf = await evershelf({ model: url, engine: 'webgpu', consent: 'none', tf });
    shelf.track({ item: 'item 3 ü', kind: 'purchase' });
    while (!(await shelf.recommend()).complete) await pause();
    await shelf.recommend({ rerank: { model: ({ scores }) => tf.neg(scores) }, deadline: 20_000 });
    const open = tf.memory();
    const { adapter } = shelf.status();
    shelf.close();
    await pause();
    const after = tf.memory();
    const product = tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])));
    const computed = Array.from(await product.data());
    product.dispose();
    return {
      ...{ adapter, computed, lost },
      tensors: after.numTensors - before.numTensors,
      bytes: { open: inGpu(open) - inGpu(before), closed: inGpu(after) - inGpu(before) },
    };
  },
};

const inGpu = (memory: tf.MemoryInfo): number =>
  (memory as tf.MemoryInfo & { numBytesInGPU?: number }).numBytesInGPU ?? 0;

export interface Asked {
  readonly k: number;
  readonly top: number;
  readonly model: 'none' | 'reversed' | 'equal' | 'deep' | 'network';
  readonly exclude?: readonly string[];
}
export type Offered = typeof offered;

Object.assign(globalThis, { offered });
