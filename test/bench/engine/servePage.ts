import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { launchOptions, SOFTWARE_WEBGPU } from '../../../packages/sdk/test/launchOptions.ts';
import { type BenchPage, benchPage } from './BenchPage.ts';

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
    server: {
      ...{ port: 0, host: 'localhost', fs: { strict: false }, watch: null, hmr: false },
      // A page that is cross-origin isolated has a clock of 5 microseconds, any other one of 100.
      headers: {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
    },
  });
  await server.listen();
  return { open: () => openPage(server.resolvedUrls!.local[0]!), close: () => server.close() };
}

/** Opens the page in headless Chromium, with the WebGPU adapter that computes on the CPU. */
async function openPage(address: string): Promise<BenchPage> {
  const browser = await chromium.launch(launchOptions(SOFTWARE_WEBGPU));
  const page = await browser.newPage();
  await page.goto(address);
  await page.evaluate("import('/offered.ts')");
  return benchPage({
    ask: (name, args) => page.evaluate(`offered.${name}(...${JSON.stringify(args)})`),
    onComplaint(listener) {
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) listener(message.text());
      });
    },
    close: () => browser.close(),
  });
}
