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

/** What may befall a device. */
const HARMS = {
  loss: () => device.destroy(),
  // The browser tells of it with the next commands: those of the question.
  validation: () => {
    device.createShaderModule({ code: 'this is no shader' });
  },
  // Memory does not run out on a machine of a test, so that the event is ours.
  memory: () => {
    const error = new GPUOutOfMemoryError('the buffers are larger than the memory');
    device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
  },
} as const;

export type Harm = keyof typeof HARMS;

/** What life.test.ts calls in the browser. */
const offered = {
  async open(model: string, engine: EngineName | 'auto'): Promise<void> {
    shelf = await evershelf({ model, engine, consent: 'none' });
    while (!(await shelf.recommend()).complete) await new Promise((resolve) => setTimeout(resolve, 20));
  },

  /** What answers now, why, and how many items of eight it found. */
  async ask(): Promise<{ engine: EngineName; reason: string; found: number }> {
    const { engine, items } = await shelf.recommend({ k: 8 });
    return { engine, reason: shelf.status().engines.one.reason, found: items.length };
  },

  /** Harms the device, and asks at once. */
  async harm(harm: Harm): Promise<{ engine: EngineName; reason: string; found: number }> {
    HARMS[harm]();
    return offered.ask();
  },

  ...pageLife,
};

export type Offered = typeof offered;

Object.assign(globalThis, { offered });
