import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser, SOFTWARE_WEBGPU } from '../findBrowser.ts';
import type { AdapterName } from '../../src/engines/webgpu/openDevice.ts';

/** What the page offers once its module has run. */
interface Offered {
  adapter(): Promise<AdapterName>;
  failures(): Promise<string[]>;
  afterLoss(): Promise<{ lost: string; error: string }>;
}

let server: ViteDevServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    server: { port: 0, host: 'localhost', fs: { strict: false }, watch: null, hmr: false },
  });
  await server.listen();
  const executablePath = findBrowser();
  browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', ...SOFTWARE_WEBGPU],
  });
  page = await browser.newPage();
  await page.goto(`${server.resolvedUrls!.local[0]}webgpuPage.html`);
  await page.waitForFunction('globalThis.offered !== undefined', undefined, { timeout: 60_000 });
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const offered = <T>(call: (page: Offered) => Promise<T>): Promise<T> =>
  page.evaluate(`(${call.toString()})(globalThis.offered)`);

describe('the WebGPU engine', { timeout: 240_000 }, () => {
  it('runs on the adapter that computes on the CPU', async () => {
    const adapter = await offered((on) => on.adapter());
    expect(JSON.stringify(adapter)).toMatch(/swiftshader/i);
    expect(adapter.software).toBe(true);
  });

  it('ranks as the reference scorer does', async () => {
    expect(await offered((on) => on.failures())).toEqual([]);
  });

  it('rejects once its device is lost, and says so', async () => {
    const { lost, error } = await offered((on) => on.afterLoss());
    expect(lost).not.toBe('');
    expect(error).not.toBe('');
  });
});
