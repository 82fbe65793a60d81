import { evershelf, type Shelf } from '../../src/index.ts';
import type { EngineName } from '../../src/types.ts';

let shelf: Shelf;

/** Buffers of the GPU that are neither destroyed nor lost with their device. */
const buffers = new Map<GPUBuffer, number>();
if (globalThis.GPUDevice !== undefined) {
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function counted(descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    buffers.set(buffer, descriptor.size);
    return buffer;
  };
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function counted() {
    buffers.delete(this);
    return destroy.call(this);
  };
}

/** What soak.test.ts calls in the browser. */
const offered = {
  async open(model: string, engine: EngineName): Promise<void> {
    shelf = await evershelf({ model, engine, consent: 'none' });
    shelf.track(Array.from({ length: 20 }, (_, i) => ({ item: `item ${i} ü`, kind: 'purchase' })));
    while (!(await shelf.recommend()).complete) await new Promise((resolve) => setTimeout(resolve, 20));
  },

  /** Asks so many times, each tenth time for some shelves at once. @returns the engines that answered */
  async ask(times: number): Promise<EngineName[]> {
    const engines = new Set<EngineName>();
    for (let call = 0; call < times; call++) {
      const asked = { k: 8, context: `item ${call % 60} ü` };
      const answers =
        call % 10 === 0 ? await shelf.recommendAll([asked, {}, asked]) : [await shelf.recommend(asked)];
      for (const { engine } of answers) engines.add(engine);
    }
    return [...engines];
  },

  /** Buffers of the GPU, and their bytes. */
  buffers: async () => ({
    count: buffers.size,
    bytes: [...buffers.values()].reduce((sum, size) => sum + size, 0),
  }),
};

export type Offered = typeof offered;

Object.assign(globalThis, { offered });
