import { describe, expect, it, vi } from 'vitest';
import { chooseEngine } from '../../src/engines/chooseEngine.ts';
import { cpuEngine } from '../../src/engines/cpu/cpuEngine.ts';
import type { Ask, Scorable } from '../../src/engines/Engine.ts';

/** A shop whose ranking takes the CPU some milliseconds, or next to nothing. */
function shopOf(rows: number): { shop: Scorable; asks: Ask[] } {
  const dim = 64;
  const shop: Scorable = {
    tables: {
      rows,
      dim,
      context: new Int8Array(0),
      contextScale: new Float32Array(0),
      item: new Int8Array(rows * dim).fill(1),
      itemScale: new Float32Array(rows).fill(1),
      match: new Float32Array(rows),
    },
    index: {
      count: 2,
      offsets: Uint32Array.of(0, 1, 2),
      rows: Uint32Array.of(0, 1),
      rung: new Uint8Array(2),
      live: new Uint8Array(6),
    },
    ids: ['a', 'b'],
  };
  const none = { matchRows: new Uint32Array(0), matchValues: new Float32Array(0) };
  const nothing = { items: new Uint32Array(0), itemValues: new Float32Array(0) };
  const query = { vector: new Float32Array(dim).fill(1), ...none, ...nothing };
  return { shop, asks: [{ query, prior: Float32Array.of(1, 2), k: 2, mask: Uint8Array.of(1, 1) }] };
}

const HEAVY = 1 << 18;

/** Something in a GPU's place: answers at once, or after `delay` milliseconds. */
function gpuOf({ delay = 0, fails = false } = {}) {
  let lose = (_reason: string): void => {};
  const gpu = {
    ...cpuEngine(),
    name: 'webgpu' as const,
    adapter: { vendor: 'test', architecture: '', description: '', software: false },
    lost: new Promise<string>((resolve) => (lose = resolve)),
    load: vi.fn(),
    close: vi.fn(),
    topK: vi.fn(async () => {
      if (fails) throw new Error('out of memory');
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      return [{ items: Uint32Array.of(1, 0), scores: Float32Array.of(66, 65) }];
    }),
  };
  return { gpu, lose: (reason: string) => lose(reason) };
}

describe('the choice of an engine', () => {
  it('by `cpu` never opens a GPU', async () => {
    const open = vi.fn();
    const chosen = chooseEngine('cpu', open, () => {});
    const { shop, asks } = shopOf(HEAVY);
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'cpu' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(open).not.toHaveBeenCalled();
  });

  it("by `auto` does not challenge a CPU that answers within a GPU's way there and back", async () => {
    const open = vi.fn();
    const chosen = chooseEngine('auto', open, () => {});
    const { shop, asks } = shopOf(4);
    await chosen.rank(shop, asks);
    await vi.waitFor(() => expect(chosen.reason()).toContain('way there and back'));
    expect(open).not.toHaveBeenCalled();
  });

  it('by `auto` takes the GPU where it is faster, and says so', async () => {
    const { gpu } = gpuOf();
    const changed = vi.fn();
    const chosen = chooseEngine('auto', async () => gpu, changed);
    const { shop, asks } = shopOf(HEAVY);
    await chosen.rank(shop, asks);
    await vi.waitFor(() => expect(chosen.name()).toBe('webgpu'), { timeout: 10_000 });
    expect(changed).toHaveBeenCalledOnce();
    expect(chosen.milliseconds().webgpu).toBeLessThan(chosen.milliseconds().cpu!);
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'webgpu' });
  });

  it('by `auto` keeps the CPU where the GPU is slower, closes the GPU and still names it', async () => {
    const { gpu } = gpuOf({ delay: 300 });
    const chosen = chooseEngine(
      'auto',
      async () => gpu,
      () => {},
    );
    const { shop, asks } = shopOf(HEAVY);
    await chosen.rank(shop, asks);
    await vi.waitFor(() => expect(gpu.close).toHaveBeenCalled(), { timeout: 10_000 });
    expect(chosen.name()).toBe('cpu');
    expect(chosen.adapter()).toMatchObject({ vendor: 'test' });
  });

  it('goes on with the CPU, within the same answer, where the GPU fails', async () => {
    const { gpu } = gpuOf({ fails: true });
    const chosen = chooseEngine(
      'webgpu',
      async () => gpu,
      () => {},
    );
    const { shop, asks } = shopOf(4);
    const { engine, ranked } = await chosen.rank(shop, asks);
    expect(engine).toBe('cpu');
    expect([...ranked[0]!.items]).toEqual([1, 0]);
    expect(chosen.reason()).toBe('the GPU failed: out of memory');
  });

  it('goes on with the CPU where the GPU is lost', async () => {
    const { gpu, lose } = gpuOf();
    const chosen = chooseEngine(
      'webgpu',
      async () => gpu,
      () => {},
    );
    const { shop, asks } = shopOf(4);
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'webgpu' });
    lose('unplugged');
    await vi.waitFor(() => expect(chosen.reason()).toBe('the GPU was lost: unplugged'));
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'cpu' });
  });
});
