import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openPage, type OpenedPage } from '../openPage.ts';
import { serveModel } from '../serveModel.ts';
import type { Offered } from './page.ts';

let model: Awaited<ReturnType<typeof serveModel>>;
let browser: OpenedPage<Offered>;
beforeAll(async () => {
  model = await serveModel(100, 1024);
  browser = await openPage<Offered>('life/page.html');
}, 60_000);
afterAll(async () => {
  await browser?.close();
  model?.close();
});

const open = async (engine: 'webgpu' | 'worker'): Promise<OpenedPage<Offered>> => {
  const opened = await browser.another();
  onTestFinished(() => opened.close());
  await opened.offered((on, url, name) => on.open(url, name), model.url, engine);
  expect(await opened.offered((on) => on.ask())).toMatchObject({ engine, found: 8 });
  return opened;
};

/** The GPU is tried again 5 s after it was lost, and what it takes to open it. */
const LATER = { timeout: 30_000, interval: 500 };

describe('a device', { timeout: 90_000 }, () => {
  it('is not taken up in a page that nobody sees, until somebody does', async () => {
    const { page, offered } = await open('webgpu');
    await page.clock.install();
    await offered((on) => on.hide(true));
    expect(await offered((on) => on.lose())).toMatchObject({ engine: 'cpu' });
    await page.clock.runFor(6000);
    // What takes it up has done so by then.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await offered((on) => on.ask())).toMatchObject({ engine: 'cpu', found: 8 });
    await offered((on) => on.hide(false));
    await vi.waitFor(async () => expect((await offered((on) => on.ask())).engine).toBe('webgpu'), LATER);
  });

  it.each(['webgpu', 'worker'] as const)(
    'is there for %s, or taken up again, where the shopper goes back to a page that the browser kept',
    async (engine) => {
      const { page, offered } = await open(engine);
      const address = page.url();
      await page.goto(new URL('/elsewhere.html', address).href);
      await page.evaluate('void setTimeout(() => history.back(), 50)');
      await page.waitForURL(address, { waitUntil: 'commit' });
      expect(await offered((on) => on.isRestored())).toBe(true);
      expect(await offered((on) => on.ask())).toMatchObject({ found: 8 });
      await vi.waitFor(async () => expect((await offered((on) => on.ask())).engine).toBe(engine), LATER);
    },
  );
});
