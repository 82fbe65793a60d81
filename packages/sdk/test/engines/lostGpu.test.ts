import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { choose, gpuOf, noGpu, shopOf } from './engineChoices.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A choice that a GPU has answered for, by the wish of the page. */
async function withGpu() {
  const { gpu, lose } = gpuOf();
  const openGpu = vi.fn(async () => gpu);
  const chosen = choose({ wish: 'webgpu', openGpu });
  const { shop, asks } = shopOf(4);
  const ask = () => chosen.rank(shop, asks);
  expect(await ask()).toMatchObject({ engine: 'webgpu' });
  const unplug = async (): Promise<void> => {
    lose('unplugged');
    await vi.waitFor(() => expect(chosen.reason('one')).toBe('the GPU was lost: unplugged'));
  };
  return { chosen, openGpu, ask, unplug };
}

describe('a shelf whose GPU', () => {
  it('fails goes on with the CPU, within the same answer', async () => {
    const { gpu } = gpuOf({ fails: true });
    const chosen = choose({ wish: 'webgpu', openGpu: async () => gpu });
    const { shop, asks } = shopOf(4);
    const { engine, ranked } = await chosen.rank(shop, asks);
    expect(engine).toBe('cpu');
    expect([...ranked[0]!.items]).toEqual([1, 0]);
    expect(chosen.reason('one')).toBe('the GPU failed: out of memory');
    chosen.close();
  });

  it('is lost goes on with the CPU, and takes it up again later', async () => {
    const { chosen, openGpu, ask, unplug } = await withGpu();
    await unplug();
    expect(await ask()).toMatchObject({ engine: 'cpu' });
    const { gpu: other } = gpuOf();
    openGpu.mockResolvedValue(other);
    await vi.advanceTimersByTimeAsync(6000);
    expect(await ask()).toMatchObject({ engine: 'webgpu' });
    chosen.close();
    expect(other.close).toHaveBeenCalled();
  });

  it('is not back at once tries again', async () => {
    const { chosen, openGpu, ask, unplug } = await withGpu();
    openGpu.mockImplementation(noGpu);
    await unplug();
    await vi.advanceTimersByTimeAsync(5000);
    expect(chosen.reason('one')).toBe('no GPU: the browser found no adapter');
    expect(openGpu).toHaveBeenCalledTimes(2);
    openGpu.mockResolvedValue(gpuOf().gpu);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await ask()).toMatchObject({ engine: 'webgpu' });
    chosen.close();
  });

  it('is not there at first takes it up later', async () => {
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

  it('is lost leaves it alone once it is closed', async () => {
    const { chosen, openGpu, unplug } = await withGpu();
    await unplug();
    chosen.close();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(openGpu).toHaveBeenCalledOnce();
  });
});
