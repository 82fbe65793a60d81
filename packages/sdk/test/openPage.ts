import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createServer } from 'vite';
import { findBrowser, SOFTWARE_WEBGPU } from './findBrowser.ts';

/** A page of the tests in a real browser; what its module offers is at `globalThis.offered`. */
export interface OpenedPage<Offered> {
  readonly browser: Browser;
  readonly page: Page;
  /** Calls something in the page; `call` is sent as text, so that it knows of its arguments alone. */
  offered<T, Args extends readonly unknown[]>(
    call: (page: Offered, ...args: Args) => Promise<T>,
    ...args: Args
  ): Promise<T>;
  close(): Promise<void>;
}

/**
 * Serves this folder, and opens a page of it in headless Chromium.
 *
 * @param path of an HTML file beside this one
 * @param headers of all answers
 * @param args flags of the browser; default those with which it computes WebGPU on the CPU
 */
export async function openPage<Offered>(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  args: readonly string[] = SOFTWARE_WEBGPU,
): Promise<OpenedPage<Offered>> {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    server: { port: 0, host: 'localhost', fs: { strict: false }, watch: null, hmr: false, headers },
  });
  await server.listen();
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', ...args],
    // As browsers do, and Playwright does not unless told.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.resolvedUrls!.local[0]}${path}`);
  await page.waitForFunction('globalThis.offered !== undefined', undefined, { timeout: 60_000 });
  return {
    browser,
    page,
    offered: (call, ...own) =>
      page.evaluate(`(${call.toString()})(globalThis.offered, ...${JSON.stringify(own)})`),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
