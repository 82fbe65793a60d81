import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, type OpenedPage } from '../openPage.ts';
import type { AdapterName } from '../../src/engines/webgpu/openDevice.ts';

/** What the page offers once its module has run. */
interface Offered {
  adapter(): Promise<AdapterName>;
  failures(): Promise<string[]>;
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

  it('ranks as the reference scorer does', async () => {
    expect(await opened.offered((on) => on.failures())).toEqual([]);
  });

  it('rejects once its device is lost, and says so', async () => {
    const { lost, error } = await opened.offered((on) => on.afterLoss());
    expect(lost).not.toBe('');
    expect(error).not.toBe('');
  });
});
