import { webgpuEngine } from '../../src/engines/webgpu/webgpuEngine.ts';
import { engineFailures } from './engineConformance.ts';

/** What webgpu.test.ts calls in the browser. */
const offered = {
  async adapter() {
    const engine = await webgpuEngine();
    engine.close();
    return engine.adapter;
  },
  hasPackedDots: async () => navigator.gpu.wgslLanguageFeatures.has('packed_4x8_integer_dot_product'),
  async failures(dotsPacked: boolean) {
    const engine = await webgpuEngine(undefined, dotsPacked);
    const failures = await engineFailures(engine);
    engine.close();
    return failures;
  },
  async afterLoss() {
    const engine = await webgpuEngine();
    const shop = {
      tables: {
        rows: 4,
        dim: 4,
        context: new Int8Array(0),
        contextScale: new Float32Array(0),
        item: new Int8Array(16),
        itemScale: new Float32Array(4),
        match: new Float32Array(4),
      },
      index: {
        count: 1,
        offsets: Uint32Array.of(0, 1),
        rows: Uint32Array.of(2),
        rung: new Uint8Array(1),
        live: new Uint8Array(3),
      },
      ids: ['a'],
    };
    const none = { matchRows: new Uint32Array(0), matchValues: new Float32Array(0) };
    const nothing = { items: new Uint32Array(0), itemValues: new Float32Array(0) };
    engine.load(shop);
    // The device goes away under a question that is on its way.
    const query = { vector: new Float32Array(4), ...none, ...nothing };
    const answer = engine.topK([{ query, prior: new Float32Array(1), k: 1, mask: Uint32Array.of(1) }]);
    engine.close();
    const error = await answer.then(
      () => '',
      (reason: Error) => reason.message,
    );
    return { lost: await engine.lost, error };
  },
};

Object.assign(globalThis, { offered });
