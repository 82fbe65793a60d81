import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, type OpenedPage } from '../openPage.ts';
import type { AdapterName } from '../../src/engines/webgpu/openDevice.ts';

/** What the page offers once its module has run. */
interface Offered {
  adapter(): Promise<AdapterName>;
  hasPackedDots(): Promise<boolean>;
  failures(dotsPacked: boolean): Promise<string[]>;
  afterLoss(): Promise<{ lost: string; error: string }>;
}

let opened: OpenedPage<Offered>;

beforeAll(async () => {
  opened = await openPage('engines/webgpuPage.html');
}, 90_000);

afterAll(() => opened?.close());

describe('the WebGPU engine', { timeout: 240_000 }, () => {
  it('runs on the adapter that computes on the CPU', async () => {
    const adapter = await opened.offered((on) => on.adapter());
    expect(JSON.stringify(adapter)).toMatch(/swiftshader/i);
    expect(adapter.software).toBe(true);
  });

  it('ranks as the reference scorer does, with products of one pair', async () => {
    expect(await opened.offered((on) => on.failures(false))).toEqual([]);
  });

  it('ranks as the reference scorer does, with products of four pairs at once', async () => {
    expect(await opened.offered((on) => on.hasPackedDots())).toBe(true);
    expect(await opened.offered((on) => on.failures(true))).toEqual([]);
  });

  it('rejects once its device is lost, and says so', async () => {
    const { lost, error } = await opened.offered((on) => on.afterLoss());
    expect(lost).not.toBe('');
    expect(error).not.toBe('');
  });
});
