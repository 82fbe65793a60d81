import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  askTwice,
  browserWith,
  choose,
  gpuOf,
  HEAVY,
  idleBrowser,
  memory,
  shopOf,
  SOON,
} from './engineChoices.ts';

beforeEach(idleBrowser);
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
    // Once to take the shop there, then until 100 ms are spent.
    expect(gpu.topK.mock.calls.length).toBeLessThanOrEqual(3);
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
      // A machine that is busy may take so long for next to nothing that the GPU is tried.
      await vi.waitFor(() => expect(chosen.reason('one')).not.toContain('not measured yet'), SOON);
      expect(['cpu', 'webgpu']).toContain(chosen.name('one'));
    }
  });
});
