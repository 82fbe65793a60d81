import { vi } from 'vitest';
import type { DeviceStore } from '../../src/device/DeviceStore.ts';
import { type ChoiceOptions, chooseEngine, type EngineChoice } from '../../src/engines/chooseEngine.ts';
import { cpuEngine } from '../../src/engines/cpu/cpuEngine.ts';
import type { Ask, Scorable } from '../../src/engines/Engine.ts';
import { allItems } from '../../src/engines/mask.ts';

/** A shop whose ranking takes the CPU some milliseconds, or next to nothing. */
export function shopOf(rows: number): { shop: Scorable; asks: Ask[] } {
  const dim = 64;
  const shop: Scorable = {
    tables: {
      rows,
      dim,
      item: new Int8Array(rows * dim).fill(1),
      itemScale: new Float32Array(rows).fill(1),
    },
    index: {
      count: rows,
      offsets: Uint32Array.from({ length: rows + 1 }, (_, i) => i),
      rows: Uint32Array.from({ length: rows }, (_, i) => i),
    },
    ids: Array.from({ length: rows }, (_, i) => `${i}`),
  };
  const none = { matchRows: new Uint32Array(0), matchValues: new Float32Array(0) };
  const nothing = { items: new Uint32Array(0), itemValues: new Float32Array(0) };
  const query = { vector: new Float32Array(dim).fill(1), ...none, ...nothing };
  const prior = new Float32Array(rows);
  prior.set([1, 2]);
  return { shop, asks: [{ query, prior, k: 2, mask: allItems(rows) }] };
}

export const HEAVY = 1 << 18;
/** Longer than a slice on any machine. */
export const LONG = 1 << 20;

/** Something in a GPU's place: answers at once, or one shelf after `delay` milliseconds and many at once after `delayOfMany`. */
export function gpuOf({
  delay = 0,
  delayOfMany = delay,
  fails = false,
}: { delay?: number; delayOfMany?: number; fails?: boolean } = {}) {
  let lose = (_reason: string): void => {};
  const gpu = {
    ...cpuEngine(),
    name: 'webgpu' as const,
    adapter: { vendor: 'test', architecture: '', description: '', software: false },
    lost: new Promise<string>((resolve) => (lose = resolve)),
    load: vi.fn(),
    close: vi.fn(),
    topK: vi.fn(async (asks: readonly Ask[]) => {
      if (fails) throw new Error('out of memory');
      const own = asks.length > 1 ? delayOfMany : delay;
      if (own > 0) await new Promise((resolve) => setTimeout(resolve, own));
      return asks.map(() => ({ items: Uint32Array.of(1, 0), scores: Float32Array.of(66, 65) }));
    }),
  };
  return { gpu, lose: (reason: string) => lose(reason) };
}

/**
 * Something in a worker's place: what it computes takes some milliseconds, and so does the way there and back.
 *
 * @param says what it computed, by its own word; default is what it took
 */
export function workerOf({
  computes = 20,
  way = 0,
  says = undefined as number | undefined,
  fails = false,
} = {}) {
  let computed = 0;
  const worker = {
    ...cpuEngine(),
    name: 'worker' as const,
    lost: new Promise<string>(() => {}),
    computed: () => says ?? computed,
    prepare: vi.fn(async () => {}),
    load: vi.fn(),
    close: vi.fn(),
    topK: vi.fn(async (asks: readonly Ask[]) => {
      const began = performance.now();
      await new Promise((resolve) => setTimeout(resolve, computes));
      computed = performance.now() - began;
      if (way > 0) await new Promise((resolve) => setTimeout(resolve, way));
      if (fails) throw new Error('it was killed');
      return asks.map(() => ({ items: Uint32Array.of(1, 0), scores: Float32Array.of(66, 65) }));
    }),
  };
  return worker;
}

const noWorker = async (): Promise<never> => {
  throw new Error("the page's policy forbids it");
};
export const noGpu = async (): Promise<never> => {
  throw new Error('the browser found no adapter');
};

/** A device that keeps what it is given. */
export function memory(): DeviceStore {
  const kept = new Map<string, unknown>();
  return {
    read: async (keys) => keys.map((key) => kept.get(key)),
    async write(entries) {
      for (const [key, value] of entries)
        if (value === undefined) kept.delete(key);
        else kept.set(key, structuredClone(value));
      return true;
    },
    update: async () => undefined,
    wipe: async () => kept.clear(),
    persistent: () => true,
  };
}

/** A browser whose GPU calls itself so. */
export function browserWith(architecture: string): void {
  const info = { vendor: 'test', architecture, device: '', description: '' };
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => ({ info }) } });
}

/** A browser that tells of idle moments, and has one at once. */
export function idleBrowser(): void {
  const deadline = { didTimeout: false, timeRemaining: () => 50 };
  vi.stubGlobal('requestIdleCallback', (call: IdleRequestCallback) => setTimeout(call, 1, deadline));
  vi.stubGlobal('document', { visibilityState: 'visible' });
}

export const choose = (options: Partial<ChoiceOptions>) =>
  chooseEngine({
    wish: 'auto',
    model: 'a',
    store: memory(),
    openWorker: noWorker,
    openGpu: noGpu,
    changed() {},
    ...options,
  });

/** The first answer warms up; by the second one the CPU is known. */
export async function askTwice(chosen: EngineChoice, shop: Scorable, asks: readonly Ask[]): Promise<void> {
  await chosen.rank(shop, asks);
  await chosen.rank(shop, asks);
}

export const SOON = { timeout: 10_000 };
