import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPage } from '../openPage.ts';
import { serveModel } from '../serveModel.ts';
import { openHeaps } from './heaps.ts';
import type { Offered } from './page.ts';

/** Recommendations of each engine; all of them get as many with EVERSHELF_SOAK=1: the GPU that the CPU computes is slow. */
const CALLS = 10_000;
const GPU_CALLS = process.env['EVERSHELF_SOAK'] === undefined ? 200 : CALLS;
/** Until all is compiled and every cache is full. */
const WARM_UP = 300;
/** Bytes that a heap may differ by: what the browser keeps of its own, and what a compiler adds late. */
const NOISE = 1_000_000;

let model: Awaited<ReturnType<typeof serveModel>>;
beforeAll(async () => {
  model = await serveModel(1000);
});
afterAll(() => model?.close());

describe('many recommendations in a row', { timeout: 60_000 + 100 * GPU_CALLS }, () => {
  it.each([
    ['cpu', CALLS],
    ['worker', CALLS],
    ['webgpu', GPU_CALLS],
  ] as const)('by %s, %i of them, leave heap and GPU buffers where they were', async (engine, calls) => {
    const { page, offered, close } = await openPage<Offered>('soak/page.html');
    onTestFinished(close);
    await offered((on, url, name) => on.open(url, name), model.url, engine);
    const heaps = await openHeaps(page);
    const measure = async () => ({
      heaps: await heaps(),
      buffers: await offered((on) => on.buffers()),
    });

    await offered((on, times) => on.ask(times), WARM_UP);
    const before = await measure();
    expect(await offered((on, times) => on.ask(times), calls)).toEqual([engine]);
    const after = await measure();
    expect(after.heaps.page - before.heaps.page).toBeLessThan(NOISE);
    expect(after.heaps.worker - before.heaps.worker).toBeLessThan(NOISE);
    expect(after.buffers).toEqual(before.buffers);
    // What is counted is there: a test that looks at nothing sees nothing grow.
    expect(after.heaps.worker > 0).toBe(engine === 'worker');
    expect(after.buffers.count > 0).toBe(engine === 'webgpu');
  });
});
