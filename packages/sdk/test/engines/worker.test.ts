import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPage, type OpenedPage } from '../openPage.ts';
import type { Offered } from './workerPage.ts';

/** With these a page may share memory with its workers. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

let browser: OpenedPage<Offered>;
beforeAll(async () => {
  browser = await openPage<Offered>('engines/workerPage.html', {}, []);
}, 60_000);
afterAll(() => browser?.close());

const open = async (headers: Readonly<Record<string, string>> = {}): Promise<OpenedPage<Offered>> => {
  const opened = await browser.another(headers);
  onTestFinished(() => opened.close());
  return opened;
};

describe('the engine in a worker', { timeout: 240_000 }, () => {
  it('ranks as the reference scorer does', async () => {
    const { offered } = await open();
    expect(await offered((on) => on.isIsolated())).toBe(false);
    expect(await offered((on) => on.failures())).toEqual([]);
  });

  it('ranks as the reference scorer does, in memory that it shares with the page', async () => {
    const { offered } = await open(ISOLATED);
    expect(await offered((on) => on.isIsolated())).toBe(true);
    expect(await offered((on) => on.failures(30_000))).toEqual([]);
  });

  it('gives up a worker that the browser killed, and says so', async () => {
    const { page, offered } = await open();
    await page.clock.install();
    const silent = 'no answer within 5 s';
    const told = offered((on) => on.afterKill());
    await page.waitForFunction('globalThis.isKilled');
    await page.clock.runFor(5000);
    expect(await told).toEqual({ error: silent, later: silent, lost: silent });
  });
});
