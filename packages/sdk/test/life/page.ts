import { evershelf, type Shelf } from '../../src/index.ts';
import type { EngineName } from '../../src/types.ts';
import { pageLife } from '../pageLife.ts';

let shelf: Shelf;

/** The device that was opened last. */
let device: GPUDevice;
const { requestDevice } = GPUAdapter.prototype;
GPUAdapter.prototype.requestDevice = async function kept(descriptor) {
  device = await requestDevice.call(this, descriptor);
  return device;
};

/** What life.test.ts calls in the browser. */
const offered = {
  async open(model: string, engine: EngineName | 'auto'): Promise<void> {
    shelf = await evershelf({ model, engine, consent: 'none' });
    while (!(await shelf.recommend()).complete) await new Promise((resolve) => setTimeout(resolve, 20));
  },

  /** What answers now, why, and how many items of eight it found. */
  async ask(): Promise<{ engine: EngineName; reason: string; found: number }> {
    const { engine, items } = await shelf.recommend({ k: 8, deadline: 20_000 });
    return { engine, reason: shelf.status().engines.one.reason, found: items.length };
  },

  /** Loses the device, and asks at once. */
  async lose(): Promise<{ engine: EngineName; reason: string; found: number }> {
    device.destroy();
    return offered.ask();
  },

  ...pageLife,
};

export type Offered = typeof offered;

Object.assign(globalThis, { offered });
