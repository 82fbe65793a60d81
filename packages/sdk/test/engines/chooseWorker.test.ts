import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ask } from '../../src/engines/Engine.ts';
import { askTwice, choose, HEAVY, idleBrowser, LONG, shopOf, SOON, workerOf } from './engineChoices.ts';

beforeEach(idleBrowser);
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the choice of a worker', () => {
  const many = (asks: readonly Ask[]): Ask[] => Array.from({ length: 32 }, () => asks[0]!);

  it('by `auto` takes it where an answer is longer than a slice, and the way there and back is short beside it', async () => {
    const worker = workerOf({ computes: 60 });
    const chosen = choose({ openWorker: async () => worker });
    const { shop, asks } = shopOf(LONG);
    await askTwice(chosen, shop, many(asks));
    await vi.waitFor(() => expect(chosen.name('many')).toBe('worker'), SOON);
    expect(chosen.reason('many')).toMatch(
      /measured on this model: .* on the CPU, .* in a worker; the worker leaves the page free;/,
    );
    expect(await chosen.rank(shop, many(asks))).toMatchObject({ engine: 'worker' });
    expect(await chosen.rank(shop, asks)).toMatchObject({ engine: 'cpu' });
  });

  it('by `auto` measures in it what a page asked once, and never longer on its own thread', async () => {
    const worker = workerOf({ computes: 10, says: 60 });
    const chosen = choose({ openWorker: async () => worker });
    const { shop, asks } = shopOf(LONG);
    await chosen.rank(shop, asks);
    await vi.waitFor(() => expect(chosen.name('one')).toBe('worker'), SOON);
    expect(chosen.milliseconds('one').cpu).toBe(60);
  });

  it('by `auto` keeps the CPU where the way there and back is long beside what the worker computes', async () => {
    const worker = workerOf({ computes: 40, way: 40 });
    const chosen = choose({ openWorker: async () => worker });
    const { shop, asks } = shopOf(LONG);
    await askTwice(chosen, shop, many(asks));
    await vi.waitFor(() => expect(worker.close).toHaveBeenCalled(), SOON);
    expect(chosen.name('many')).toBe('cpu');
    expect(chosen.milliseconds('many').cpu).toBeLessThan(chosen.milliseconds('many').worker! / 1.5);
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

  it('leaves an answer that is due to the CPU where the worker falls silent, or is not there yet', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { shop, asks } = shopOf(4);
    const due = (): Ask[] => asks.map((ask) => ({ ...ask, until: performance.now() + 50 }));
    for (const openWorker of [async () => workerOf({ computes: 1e9 }), () => new Promise<never>(() => {})]) {
      const chosen = choose({ wish: 'worker', openWorker });
      const answer = chosen.rank(shop, due());
      await vi.advanceTimersByTimeAsync(50);
      expect(await answer).toMatchObject({ engine: 'cpu' });
      chosen.close();
    }
  });

  it('waits for a worker that is as slow as it always was', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { shop, asks } = shopOf(4);
    const chosen = choose({ wish: 'worker', openWorker: async () => workerOf({ computes: 200 }) });
    const engines: string[] = [];
    for (let time = 0; time < 4; time++) {
      const answer = chosen.rank(shop, [{ ...asks[0]!, until: performance.now() + 50 }]);
      await vi.advanceTimersByTimeAsync(300);
      engines.push((await answer).engine);
    }
    expect(engines).toEqual(['cpu', 'cpu', 'worker', 'worker']);
    chosen.close();
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
