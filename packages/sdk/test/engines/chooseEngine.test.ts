import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeviceStore } from '../../src/device/DeviceStore.ts';
import { type ChoiceOptions, chooseEngine, type EngineChoice } from '../../src/engines/chooseEngine.ts';
import { cpuEngine } from '../../src/engines/cpu/cpuEngine.ts';
import type { Ask, Scorable } from '../../src/engines/Engine.ts';
import { allItems } from '../../src/engines/mask.ts';

/** A shop whose ranking takes the CPU some milliseconds, or next to nothing. */
function shopOf(rows: number): { shop: Scorable; asks: Ask[] } {
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

const HEAVY = 1 << 18;
/** Longer than a slice on any machine. */
const LONG = 1 << 20;

/** Something in a GPU's place: answers at once, or one shelf after `delay` milliseconds and many at once after `delayOfMany`. */
function gpuOf({
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

/** Something in a worker's place: what it computes takes some milliseconds, and so does the way there and back. */
function workerOf({ computes = 20, way = 0, fails = false } = {}) {
  const worker = {
    ...cpuEngine(),
    name: 'worker' as const,
    lost: new Promise<string>(() => {}),
    computed: () => computes,
    prepare: vi.fn(async () => {}),
    load: vi.fn(),
    close: vi.fn(),
    topK: vi.fn(async (asks: readonly Ask[]) => {
      await new Promise((resolve) => setTimeout(resolve, computes + way));
      if (fails) throw new Error('it was killed');
      return asks.map(() => ({ items: Uint32Array.of(1, 0), scores: Float32Array.of(66, 65) }));
    }),
  };
  return worker;
}

const noWorker = async (): Promise<never> => {
  throw new Error("the page's policy forbids it");
};
const noGpu = async (): Promise<never> => {
  throw new Error('the browser found no adapter');
};

/** A device that keeps what it is given. */
function memory(): DeviceStore {
  const kept = new Map<string, unknown>();
  return {
    read: async (keys) => keys.map((key) => kept.get(key)),
    write: async (entries) => entries.forEach(([key, value]) => kept.set(key, structuredClone(value))),
    update: async () => undefined,
    wipe: async () => kept.clear(),
    persistent: () => true,
  };
}

/** A browser whose GPU calls itself so. */
function browserWith(architecture: string): void {
  const info = { vendor: 'test', architecture, device: '', description: '' };
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => ({ info }) } });
}

const choose = (options: Partial<ChoiceOptions>) =>
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
async function askTwice(chosen: EngineChoice, shop: Scorable, asks: readonly Ask[]): Promise<void> {
  await chosen.rank(shop, asks);
  await chosen.rank(shop, asks);
}

const SOON = { timeout: 10_000 };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the choice of an engine', () => {
  it('by `cpu` never opens a GPU', async () => {
    const openGpu = vi.fn();
    const chosen = choose({ wish: 'cpu', openGpu });
    const { shop, asks } = shopOf(HEAVY);
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'cpu' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(openGpu).not.toHaveBeenCalled();
    expect(chosen.reason('one')).toBe('the page asked for the CPU');
  });

  it("by `auto` does not challenge a CPU that answers within a GPU's way there and back", async () => {
    const openGpu = vi.fn();
    const chosen = choose({ openGpu });
    const { shop, asks } = shopOf(4);
    await chosen.rank(shop, asks);
    await vi.waitFor(() => expect(chosen.reason('one')).toContain('way there and back'), SOON);
    expect(openGpu).not.toHaveBeenCalled();
  });

  it('by `auto` takes the GPU where it is faster, and says so', async () => {
    const { gpu } = gpuOf();
    const changed = vi.fn();
    const chosen = choose({ openGpu: async () => gpu, changed });
    const { shop, asks } = shopOf(HEAVY);
    await askTwice(chosen, shop, asks);
    await vi.waitFor(() => expect(chosen.name('one')).toBe('webgpu'), SOON);
    expect(changed).toHaveBeenCalledOnce();
    const { cpu, webgpu } = chosen.milliseconds('one');
    expect(webgpu).toBeLessThan(cpu!);
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'webgpu' });
  });

  it('by `auto` keeps the CPU where the GPU is slower, closes the GPU and still names it', async () => {
    const { gpu } = gpuOf({ delay: 300 });
    const chosen = choose({ openGpu: async () => gpu });
    const { shop, asks } = shopOf(HEAVY);
    await askTwice(chosen, shop, asks);
    await vi.waitFor(() => expect(gpu.close).toHaveBeenCalled(), SOON);
    expect(chosen.name('one')).toBe('cpu');
    expect(chosen.adapter()).toMatchObject({ vendor: 'test' });
  });

  it('by `auto` measures many shelves at once apart from one', async () => {
    const { gpu } = gpuOf({ delay: 150, delayOfMany: 0 });
    const chosen = choose({ openGpu: async () => gpu });
    const { shop, asks } = shopOf(HEAVY);
    const many = Array.from({ length: 100 }, () => asks[0]!);
    await askTwice(chosen, shop, asks);
    await askTwice(chosen, shop, many);
    await vi.waitFor(() => expect(chosen.reason('many')).toContain('measured on this model'), SOON);
    expect(chosen.name('one')).toBe('cpu');
    expect(chosen.name('many')).toBe('webgpu');
    expect(await chosen.rank(shop, many)).toMatchObject({ engine: 'webgpu' });
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'cpu' });
  });

  it('asks the GPU for no more than its share of the page', async () => {
    const { gpu } = gpuOf({ delay: 90 });
    const chosen = choose({ openGpu: async () => gpu });
    const { shop, asks } = shopOf(HEAVY);
    await askTwice(chosen, shop, asks);
    await vi.waitFor(() => expect(chosen.reason('one')).toContain('measured on this model'), SOON);
    // Once to take the shop there, then until 200 ms are spent.
    expect(gpu.topK.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('is remembered for the next visit, with this model and this GPU', async () => {
    browserWith('first');
    const store = memory();
    const { shop, asks } = shopOf(HEAVY);
    const first = choose({ store, openGpu: async () => gpuOf().gpu });
    await askTwice(first, shop, asks);
    await vi.waitFor(() => expect(first.name('one')).toBe('webgpu'), SOON);
    await vi.waitFor(async () => expect((await store.read(['engines']))[0]).toBeDefined(), SOON);

    const again = choose({ store, openGpu: async () => gpuOf().gpu });
    await vi.waitFor(() => expect(again.name('one')).toBe('webgpu'), SOON);
    expect(again.reason('one')).toContain('in an earlier visit');
    expect(again.milliseconds('one')).toEqual(first.milliseconds('one'));

    const otherModel = choose({ store, model: 'b', openGpu: async () => gpuOf().gpu });
    browserWith('second');
    const otherGpu = choose({ store, openGpu: async () => gpuOf().gpu });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(otherModel.reason('one')).toBe('the others were not measured yet');
    expect(otherGpu.reason('one')).toBe('the others were not measured yet');
  });

  it('does not trip over what it cannot read', async () => {
    browserWith('first');
    for (const found of [
      '',
      7,
      null,
      { model: 'a', adapter: 'test first', measured: { one: { engine: 'abacus' } } },
    ]) {
      const store = memory();
      await store.write([['engines', found]]);
      const chosen = choose({ store, openGpu: async () => gpuOf().gpu });
      const { shop, asks } = shopOf(4);
      await chosen.rank(shop, asks);
      await vi.waitFor(() => expect(chosen.reason('one')).toContain('way there and back'), SOON);
    }
  });

  it('goes on with the CPU, within the same answer, where the GPU fails', async () => {
    const { gpu } = gpuOf({ fails: true });
    const chosen = choose({ wish: 'webgpu', openGpu: async () => gpu });
    const { shop, asks } = shopOf(4);
    const { engine, ranked } = await chosen.rank(shop, asks);
    expect(engine).toBe('cpu');
    expect([...ranked[0]!.items]).toEqual([1, 0]);
    expect(chosen.reason('one')).toBe('the GPU failed: out of memory');
  });

  it('goes on with the CPU where the GPU is lost, and takes it up again later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { gpu, lose } = gpuOf();
    const openGpu = vi.fn(async () => gpu);
    const chosen = choose({ wish: 'webgpu', openGpu });
    const { shop, asks } = shopOf(4);
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'webgpu' });
    lose('unplugged');
    await vi.waitFor(() => expect(chosen.reason('one')).toBe('the GPU was lost: unplugged'));
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'cpu' });
    const { gpu: other } = gpuOf();
    openGpu.mockResolvedValue(other);
    await vi.advanceTimersByTimeAsync(6000);
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'webgpu' });
    chosen.close();
    expect(other.close).toHaveBeenCalled();
  });

  it('tries again where the GPU is not back at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { gpu, lose } = gpuOf();
    const openGpu = vi.fn(async () => gpu);
    const chosen = choose({ wish: 'webgpu', openGpu });
    const { shop, asks } = shopOf(4);
    await chosen.rank(shop, asks);
    openGpu.mockRejectedValue(new Error('the browser found no adapter'));
    lose('unplugged');
    await vi.waitFor(() => expect(chosen.reason('one')).toBe('the GPU was lost: unplugged'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(chosen.reason('one')).toBe('no GPU: the browser found no adapter');
    expect(openGpu).toHaveBeenCalledTimes(2);
    openGpu.mockResolvedValue(gpuOf().gpu);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'webgpu' });
    chosen.close();
  });

  it('takes up a GPU later that is not there at first', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const openGpu = vi.fn<() => Promise<ReturnType<typeof gpuOf>['gpu']>>(noGpu);
    const chosen = choose({ wish: 'webgpu', openGpu });
    const { shop, asks } = shopOf(4);
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'cpu' });
    expect(chosen.reason('one')).toBe('no GPU: the browser found no adapter');
    openGpu.mockResolvedValue(gpuOf().gpu);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'webgpu' });
    chosen.close();
  });

  it('leaves a GPU alone once it is closed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { gpu, lose } = gpuOf();
    const openGpu = vi.fn(async () => gpu);
    const chosen = choose({ wish: 'webgpu', openGpu });
    const { shop, asks } = shopOf(4);
    await chosen.rank(shop, asks);
    lose('unplugged');
    await vi.waitFor(() => expect(chosen.reason('one')).toBe('the GPU was lost: unplugged'));
    chosen.close();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(openGpu).toHaveBeenCalledOnce();
  });

  describe('with a worker', () => {
    const many = (asks: readonly Ask[]): Ask[] => Array.from({ length: 32 }, () => asks[0]!);

    it('by `auto` takes it where an answer is longer than a slice', async () => {
      const worker = workerOf({ computes: 1 });
      const chosen = choose({ openWorker: async () => worker });
      const { shop, asks } = shopOf(HEAVY);
      await askTwice(chosen, shop, many(asks));
      await vi.waitFor(() => expect(chosen.name('many')).toBe('worker'), SOON);
      expect(chosen.reason('many')).toMatch(/measured on this model: .* in a worker, .* on the CPU/);
      expect(await chosen.rank(shop, many(asks))).toMatchObject({ engine: 'worker' });
      expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'cpu' });
    });

    it('by `auto` measures in it what a page asked once, and never longer on its own thread', async () => {
      const worker = workerOf({ computes: 60, way: -50 });
      const chosen = choose({ openWorker: async () => worker });
      const { shop, asks } = shopOf(LONG);
      await chosen.rank(shop, asks);
      await vi.waitFor(() => expect(chosen.name('one')).toBe('worker'), SOON);
      expect(chosen.milliseconds('one').cpu).toBe(60);
    });

    it('by `auto` keeps the CPU where the worker takes much longer', async () => {
      const worker = workerOf({ computes: 1500 });
      const chosen = choose({ openWorker: async () => worker });
      const { shop, asks } = shopOf(HEAVY);
      await askTwice(chosen, shop, many(asks));
      await vi.waitFor(() => expect(worker.close).toHaveBeenCalled(), SOON);
      expect(chosen.name('many')).toBe('cpu');
    });

    it('by `auto` leaves short answers on the thread of the page', async () => {
      const openWorker = vi.fn();
      const chosen = choose({ openWorker });
      const { shop, asks } = shopOf(4);
      await askTwice(chosen, shop, asks);
      await vi.waitFor(() => expect(chosen.reason('one')).toContain('way there and back'), SOON);
      expect(openWorker).not.toHaveBeenCalled();
    });

    it('that the page forbids goes on with the CPU, and says why', async () => {
      const chosen = choose({});
      const { shop, asks } = shopOf(HEAVY);
      await askTwice(chosen, shop, many(asks));
      await vi.waitFor(() => expect(chosen.reason('many')).toContain('no worker'), SOON);
      expect(chosen.reason('many')).toBe(
        "no worker: the page's policy forbids it; no GPU: the browser found no adapter",
      );
      const asked = choose({ wish: 'worker' });
      expect(await asked.rank(shop, asks)).toMatchObject({ engine: 'cpu' });
      expect(asked.reason('one')).toBe("no worker: the page's policy forbids it");
    });

    it('goes on with the CPU, within the same answer, where the worker fails, and tries it again later', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const openWorker = vi.fn(async () => workerOf({ computes: 1, fails: true }));
      const chosen = choose({ wish: 'worker', openWorker });
      const { shop, asks } = shopOf(4);
      const answer = chosen.rank(shop, asks);
      await vi.advanceTimersByTimeAsync(1);
      expect(await answer).toMatchObject({ engine: 'cpu' });
      expect(chosen.reason('one')).toBe('the worker failed: it was killed');
      openWorker.mockResolvedValue(workerOf({ computes: 0 }));
      await vi.advanceTimersByTimeAsync(5000);
      const again = chosen.rank(shop, asks);
      await vi.advanceTimersByTimeAsync(1);
      expect(await again).toMatchObject({ engine: 'worker' });
      chosen.close();
    });
  });
});
