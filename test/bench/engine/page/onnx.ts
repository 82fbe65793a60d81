import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { type Contender, K } from './Contender.ts';
import type { BenchShop } from './makeShop.ts';
import { onnxModel } from './onnxModel.ts';

/** ONNX Runtime, as its builds for one device each offer it. */
interface Runtime {
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: typeof Tensor;
}

/**
 * ONNX Runtime. What depends on no question it computes at load, when it is told not to leave quantised weights for later; so it
 * has the items' vectors before the first question: 4 x dim bytes an item in memory, beyond the model.
 */
export async function onnx(device: 'wasm' | 'webgpu', shop: BenchShop): Promise<Contender> {
  const { InferenceSession, Tensor }: Runtime =
    device === 'wasm' ? await import('onnxruntime-web/wasm') : await import('onnxruntime-web/webgpu');
  const model = onnxModel(shop);
  const session = await InferenceSession.create(model, {
    executionProviders: [device],
    extra: { session: { disable_quant_qdq: '1' } },
  });
  const { dim } = shop.tables;
  return {
    bytes: model.byteLength,
    async topK(queries) {
      const joined = new Float32Array(queries.length * dim);
      queries.forEach((query, c) => joined.set(query, c * dim));
      const { items } = await session.run({ queries: new Tensor('float32', joined, [queries.length, dim]) });
      const found = Uint32Array.from(items!.data as BigInt64Array, Number);
      return queries.map((_, c) => found.subarray(c * K, (c + 1) * K));
    },
  };
}
