import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lmdbStore, memoryStore, type RunningService, startService, type StartOptions } from '@evershelf/kv';
import { pageOf } from '@evershelf/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Page } from 'playwright-core';
import type { ShelfStatus } from '../../src/index.ts';
import { openPage, type OpenedPage } from '../openPage.ts';
import { serveModel } from '../serveModel.ts';
import type { Offered } from './page.ts';

const TOKEN = 'test';
/** So rare a look at the service that none of these tests sees one, but the first. */
const NEVER = 3_600_000;
const SOON = { timeout: 30_000, interval: 20 };

let model: Awaited<ReturnType<typeof serveModel>>;
let opened: OpenedPage<Offered>;
/** The first tab of a browser that knows nothing of the shop. */
let tab: Page;
beforeAll(async () => {
  model = await serveModel(100, 1024);
  opened = await openPage<Offered>('current/page.html', {}, []);
}, 60_000);
beforeEach(async () => {
  const context = await opened.browser.newContext();
  tab = await openTab(context);
  return () => context.close();
});
afterAll(async () => {
  await opened?.close();
  model?.close();
});

/** A service that a test may stop, and does at its end. */
async function started(options: Partial<StartOptions> = {}): Promise<RunningService> {
  const service = await startService({ store: memoryStore(), token: TOKEN, port: 0, ...options });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= service.close());
  onTestFinished(close);
  return { ...service, close };
}

async function put(service: RunningService, items: readonly object[]): Promise<void> {
  const answer = await fetch(`${service.url}/v1/items`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ items }),
  });
  expect(answer.status).toBe(200);
}

/** Requests that a service answered, by route. */
async function asked(service: RunningService): Promise<Record<string, number>> {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const counted: Record<string, number> = {};
  for (const [, route, count] of text.matchAll(/^evershelf_requests_total\{.*route="([^"]*)".*\} (\d+)$/gm))
    counted[route!] = (counted[route!] ?? 0) + Number(count);
  return counted;
}

/** Streams of changes that a service has open. */
async function streams(service: RunningService): Promise<number> {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  return Number(/^evershelf_streams (\d+)$/m.exec(text)![1]);
}

const ITEMS = Array.from({ length: 40 }, (_, i) => ({ id: `thing ${i}`, category: ['Food'], price: 1 }));

/** Another tab of the same browser. */
async function openTab(context = tab.context()): Promise<Page> {
  const page = await context.newPage();
  await page.goto(opened.page.url());
  await page.waitForFunction('globalThis.offered !== undefined', undefined, { timeout: 60_000 });
  return page;
}

/** Calls something in a tab. */
const call = <T>(there: Page, name: keyof Offered, ...args: readonly unknown[]): Promise<T> =>
  there.evaluate(`globalThis.offered.${name}(...${JSON.stringify(args)})`);

async function openShelf(service: RunningService, there = tab, refresh = NEVER): Promise<void> {
  await call(there, 'open', model.url, service.url, refresh);
  await vi.waitFor(async () => expect(await call(there, 'shown')).toEqual({ items: 40, fresh: 40 }), SOON);
}

/** Waits until a price is on the shelf; says how long that took. */
async function shows(price: number, there = tab): Promise<void> {
  const began = performance.now();
  await vi.waitFor(async () => expect(await call(there, 'price', 'thing 7')).toBe(price), SOON);
  console.log(`${expect.getState().currentTestName}: ${Math.round(performance.now() - began)} ms`);
}

describe('an upsert', { timeout: 90_000 }, () => {
  it('is on the shelf of an open page', async () => {
    const service = await started();
    await put(service, ITEMS);
    await openShelf(service);
    await put(service, [{ id: 'thing 7', category: ['Food'], price: 2 }]);
    await shows(2);
    expect((await asked(service))['/v1/changes']).toBe(1);
  });

  it('is, where another service on the same store took it', async () => {
    const store = memoryStore();
    const [service, other] = [await started({ store }), await started({ store })];
    await put(service, ITEMS);
    await openShelf(service);
    await put(other, [{ id: 'thing 7', category: ['Food'], price: 2 }]);
    await shows(2);
  });

  it('is, where the service was stopped and started in between', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'current-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'items.mdb');
    const service = await started({ store: await lmdbStore(file) });
    await put(service, ITEMS);
    await openShelf(service);
    await service.close();
    const again = await started({ store: await lmdbStore(file), port: service.port });
    await put(again, [{ id: 'thing 7', category: ['Food'], price: 2 }]);
    await shows(2);
    await put(again, [{ id: 'thing 7', category: ['Food'], price: 3 }]);
    await shows(3);
  });

  it('is, while what was there before is still on its way to a new device', async () => {
    const service = await started();
    await put(service, ITEMS);
    const held: (() => void)[] = [];
    let requests = 0;
    await tab.route('**/v1/pages/*', async (route) => {
      requests++;
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    const release = (): void => held.splice(0).forEach((resolve) => resolve());
    const pages = ITEMS.map(({ id }) => pageOf(id, 256));
    const last = ITEMS[pages.indexOf(Math.max(...pages))]!;
    await call(tab, 'open', model.url, service.url, NEVER);
    await vi.waitFor(async () => expect(await streams(service)).toBe(1), SOON);
    await put(service, [{ ...last, price: 2 }]);
    await vi.waitFor(
      async () => {
        release();
        expect(await call(tab, 'price', last.id)).toBe(2);
      },
      { ...SOON, interval: 200 },
    );
    expect(requests).toBeLessThan(new Set(pages).size);
  });

  it('is, after the page was in the background, where it listens to nothing', async () => {
    const service = await started();
    await put(service, ITEMS);
    await openShelf(service);
    await call(tab, 'hide', true);
    await put(service, [{ id: 'thing 7', category: ['Food'], price: 2 }]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await call(tab, 'price', 'thing 7')).toBe(1);
    await call(tab, 'hide', false);
    await shows(2);
  });

  it('is, where the shopper goes back to a page that the browser kept', async () => {
    const service = await started();
    await put(service, ITEMS);
    await openShelf(service);
    const address = tab.url();
    await tab.goto(new URL('/elsewhere.html', address).href);
    await put(service, [{ id: 'thing 7', category: ['Food'], price: 2 }]);
    await tab.evaluate('void setTimeout(() => history.back(), 50)');
    await tab.waitForURL(address, { waitUntil: 'commit' });
    expect(await call(tab, 'isRestored')).toBe(true);
    await shows(2);
  });
});

describe('many tabs', { timeout: 90_000 }, () => {
  it('fetch each page once, and one listens for all', async () => {
    const service = await started();
    await put(service, ITEMS);
    await openShelf(service);
    const before = await asked(service);
    const second = await openTab();
    await openShelf(service, second);
    await put(service, [{ id: 'thing 7', category: ['Food'], price: 2 }]);
    await shows(2);
    await shows(2, second);
    const after = await asked(service);
    expect(after['/v1/pages/:page']! - before['/v1/pages/:page']!).toBe(1);
    expect(after['/v1/changes']! - before['/v1/changes']!).toBe(1);
    expect(after['/v1/changes/stream']).toBe(1);
  });

  it('fetch each page once where they open at the same moment', async () => {
    const service = await started();
    await put(service, ITEMS);
    const second = await openTab();
    await Promise.all([openShelf(service), openShelf(service, second)]);
    const filled = new Set(ITEMS.map(({ id }) => pageOf(id, 256)));
    expect((await asked(service))['/v1/pages/:page']).toBe(filled.size);
  });

  it('go on, where the one that listens is closed', async () => {
    const service = await started();
    await put(service, ITEMS);
    await openShelf(service);
    const second = await openTab();
    await openShelf(service, second);
    await tab.close();
    await put(service, [{ id: 'thing 7', category: ['Food'], price: 2 }]);
    await shows(2, second);
  });

  it('ask for themselves where another version tells what they cannot read', async () => {
    const service = await started();
    await put(service, ITEMS);
    await openShelf(service);
    const errors: Error[] = [];
    tab.on('pageerror', (error) => errors.push(error));
    const { ['/v1/changes']: before } = await asked(service);
    const second = await openTab();
    await second.evaluate(
      `new BroadcastChannel('evershelf ${service.url}').postMessage({ answer: { news: 1 } })`,
    );
    await vi.waitFor(async () => expect((await asked(service))['/v1/changes']).toBe(before! + 1), SOON);
    expect(errors).toEqual([]);
  });

  it('hear from the one that looks at the service what its stream does not tell', async () => {
    const service = await started({ flushSeconds: 0.01 });
    await put(service, ITEMS);
    await openShelf(service, tab, 4000);
    const second = await openTab();
    await openShelf(service, second, 4000);
    const looks: string[] = [];
    second.on('request', (request) => {
      if (request.url().includes('/v1/changes')) looks.push(request.url());
    });
    await fetch(`${service.url}/v1/events`, {
      method: 'POST',
      body: JSON.stringify({ events: [{ item: 'thing 7', kind: 'purchase' }] }),
    });
    await vi.waitFor(async () => {
      const { revision } = (await (await fetch(`${service.url}/healthz`)).json()) as { revision: number };
      expect((await call<ShelfStatus>(second, 'status')).revision).toBe(revision);
    }, SOON);
    expect(looks).toEqual([]);
  });
});

describe('a device that is full', { timeout: 90_000 }, () => {
  it('leaves the shelf as good as any, and keeps what it can', async () => {
    const service = await started();
    await put(
      service,
      ITEMS.map((item) => ({
        ...item,
        texts: Array.from({ length: 9 }, () => randomBytes(2000).toString('hex')),
      })),
    );
    const browser = await tab.context().newCDPSession(tab);
    const { origin } = new URL(tab.url());
    await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 360_000 });
    await openShelf(service);
    const stored = await tab.evaluate<string[]>(`new Promise((resolve) => {
      indexedDB.open('evershelf-catalogue').onsuccess = ({ target: { result } }) => {
        result.transaction('entries').objectStore('entries').getAllKeys().onsuccess = ({ target }) =>
          resolve(target.result);
      };
    })`);
    const pages = stored.filter((key) => /\d$/.test(key)).length;
    expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThan(new Set(ITEMS.map(({ id }) => pageOf(id, 256))).size);
    await put(service, [{ id: 'thing 7', category: ['Food'], price: 2 }]);
    await shows(2);
    await tab.reload();
    await tab.waitForFunction('globalThis.offered !== undefined');
    await openShelf(service);
  });
});

describe('a database that is deleted', { timeout: 90_000 }, () => {
  it('is made anew, under the eyes of the shopper', async () => {
    const service = await started();
    await put(service, ITEMS);
    await openShelf(service);
    await tab.evaluate(`new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase('evershelf-catalogue');
      request.onsuccess = resolve;
      request.onerror = request.onblocked = reject;
    })`);
    await put(service, [{ id: 'thing 7', category: ['Food'], price: 2 }]);
    await shows(2);
    expect((await call<ShelfStatus>(tab, 'status')).cache.persistent).toBe(true);
    await tab.reload();
    await tab.waitForFunction('globalThis.offered !== undefined');
    await openShelf(service);
  });
});

describe('a card', { timeout: 90_000 }, () => {
  /** A shelf, and the pages of pairs that its page asks for. */
  const shelfWithCards = async (): Promise<{ asked: string[]; pairs(id: string): string }> => {
    const service = await started();
    await put(service, ITEMS);
    await openShelf(service);
    const asked: string[] = [];
    tab.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/v1/')) asked.push(pathname);
    });
    return { asked, pairs: (id) => `/v1/pairs/${pageOf(id, 256)}` };
  };

  it('has what its product page wants asked for when it nears the viewport, or is pointed at', async () => {
    const { asked, pairs } = await shelfWithCards();
    await call(tab, 'card', 'thing 1', 0);
    await call(tab, 'card', 'thing 2', 5000);
    await vi.waitFor(() => expect(asked).toEqual([pairs('thing 1')]), SOON);
    await call(tab, 'point', 'thing 3');
    await vi.waitFor(() => expect(asked).toEqual([pairs('thing 1'), pairs('thing 3')]), SOON);
    await tab.mouse.wheel(0, 4500);
    await vi.waitFor(() => expect(asked).toEqual(['1', '3', '2'].map((n) => pairs(`thing ${n}`))), SOON);
    await call(tab, 'card', 'thing 2', 0);
    await call(tab, 'card', 'unknown', 0);
    await vi.waitFor(() => expect(asked).toContain('/v1/changes'), SOON);
    expect(asked.filter((path) => path === pairs('thing 2'))).toHaveLength(1);
  });

  it('has nothing asked for where the browser saves data', async () => {
    const { asked } = await shelfWithCards();
    await call(tab, 'saveData');
    await call(tab, 'card', 'thing 1', 0);
    await call(tab, 'point', 'thing 3');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(asked).toEqual([]);
  });
});
