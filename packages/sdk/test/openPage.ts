import { type Browser, chromium, type Page } from 'playwright-core';
import { builtPages } from './builtPages.ts';
import { launchOptions, SOFTWARE_WEBGPU } from './launchOptions.ts';
import { serveFolder } from './serveFolder.ts';

/** A page of the tests in a real browser; what its module offers is at `globalThis.offered`. */
export interface OpenedPage<Offered> {
  readonly browser: Browser;
  readonly page: Page;
  /** Calls something in the page; `call` is sent as text, so that it knows of its arguments alone. */
  offered<T, Args extends readonly unknown[]>(
    call: (page: Offered, ...args: Args) => Promise<T>,
    ...args: Args
  ): Promise<T>;
  /** Opens it once more in the same browser, for a shopper of its own, who has seen nothing. */
  another(headers?: Headers): Promise<OpenedPage<Offered>>;
  /** Closes the page; with the first one its browser. */
  close(): Promise<void>;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Serves the built pages of this folder, and opens one of them in headless Chromium.
 *
 * @param path of an HTML file beside this one
 * @param headers of all answers
 * @param args flags of the browser; default those with which it computes WebGPU on the CPU
 */
export async function openPage<Offered>(
  path: string,
  headers: Headers = {},
  args: readonly string[] = SOFTWARE_WEBGPU,
): Promise<OpenedPage<Offered>> {
  const folder = await builtPages();
  const browser = await chromium.launch({
    ...launchOptions(args),
    // As browsers do, and Playwright does not unless told.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const open = async (own: Headers): Promise<OpenedPage<Offered>> => {
    const server = await serveFolder(folder, own);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.url}${path}`);
    await page.waitForFunction('globalThis.offered !== undefined', undefined, { timeout: 60_000 });
    return {
      browser,
      page,
      offered: (call, ...args) =>
        page.evaluate(`(${call.toString()})(globalThis.offered, ...${JSON.stringify(args)})`),
      another: (others = own) => open(others),
      async close() {
        await context.close();
        server.close();
      },
    };
  };
  const first = await open(headers);
  return {
    ...first,
    async close() {
      await first.close();
      await browser.close();
    },
  };
}
