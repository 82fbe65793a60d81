import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { findBrowser, SOFTWARE_WEBGPU } from '../../../packages/sdk/test/findBrowser.ts';
import type { Offered } from './page/offered.ts';

/** A page of the bench. */
export interface BenchPage {
  /**
   * Calls what the page offers.
   *
   * @throws {Error} where the page does, where it crashes, or after `seconds`; with the last complaint of the console
   */
  call<Name extends keyof Offered>(
    name: Name,
    seconds: number,
    ...args: Parameters<Offered[Name]>
  ): Promise<Awaited<ReturnType<Offered[Name]>>>;
  /** The last complaint of the console since the last call began. */
  complaint(): string;
  /** False once the page crashed or gave no answer in time: nothing can be asked of it any more. */
  isAlive(): boolean;
  close(): Promise<void>;
}

/**
 * Serves the page. Each that is opened has a browser of its own, for work that a GPU process has begun outlives the page that
 * asked for it. Ctrl-C closes the browser.
 */
export async function servePage(): Promise<{ open(): Promise<BenchPage>; close(): Promise<void> }> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('page', import.meta.url)),
    cacheDir: fileURLToPath(new URL('../../../node_modules/.cache/bench-engine', import.meta.url)),
    logLevel: 'error',
    // What brings its own .wasm finds it beside itself.
    optimizeDeps: { entries: ['offered.ts'], exclude: ['onnxruntime-web', 'hnswlib-wasm'] },
    server: { port: 0, host: 'localhost', fs: { strict: false }, watch: null, hmr: false },
  });
  await server.listen();
  return { open: () => openPage(server.resolvedUrls!.local[0]!), close: () => server.close() };
}

/** Opens the page in headless Chromium, with the WebGPU adapter that computes on the CPU. */
async function openPage(address: string): Promise<BenchPage> {
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', ...SOFTWARE_WEBGPU],
  });
  const page = await browser.newPage();
  let alive = true;
  let complaint = '';
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaint = message.text();
  });
  await page.goto(address);
  await page.evaluate("import('/offered.ts')");
  return {
    async call(name, seconds, ...args) {
      complaint = '';
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          alive = false;
          reject(new Error(`no answer within ${seconds} s`));
        }, seconds * 1000);
      });
      try {
        const answer = page.evaluate(`offered.${name}(...${JSON.stringify(args)})`);
        return (await Promise.race([answer, late])) as never;
      } catch (error) {
        if (/crashed|closed/.test((error as Error).message)) alive = false;
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
    complaint: () => complaint,
    isAlive: () => alive,
    close: () => browser.close(),
  };
}
