import { expect, type Page, test } from '@playwright/test';
import type { Storefront, StorefrontOptions } from '../../packages/sdk/src/storefront/index.ts';
import { pages } from './addresses.ts';

interface Noted {
  /** Opens a storefront of the small shop. */
  open(options?: Partial<StorefrontOptions>): Promise<Storefront>;
  shop?: Storefront;
  /** Those who listen to the page's consent platform. */
  readonly listening: Set<number>;
  readonly closing: AbortController;
}

/** A page with a consent platform that has answered, in a browser without the Navigation API, and one shelf far below the window. */
async function open(page: Page, asked = ''): Promise<{ errors: string[]; said: string[] }> {
  const [errors, said]: [string[], string[]] = [[], []];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'warning') said.push(message.text());
  });
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'navigation');
    const listening = new Set<number>();
    Object.assign(globalThis, {
      listening,
      closing: new AbortController(),
      dataLayer: [],
      __tcfapi(
        command: string,
        _: number,
        callback: (data: object, success: boolean) => void,
        listener: number,
      ) {
        if (command === 'removeEventListener') return void listening.delete(listener);
        const listenerId = Math.random();
        listening.add(listenerId);
        const purpose = { consents: { 1: true } };
        callback({ gdprApplies: true, eventStatus: 'tcloaded', listenerId, purpose }, true);
      },
      async open(options: object) {
        const module = '/storefront.js';
        const { openStorefront } = (await import(module)) as {
          openStorefront(options: object): Promise<Storefront>;
        };
        const shop = await openStorefront({ model: '/small/model/', engine: 'cpu', ...options });
        return Object.assign(globalThis, { shop }).shop;
      },
    });
  });
  const body = '<p style="block-size: 400vh">Shop</p><evershelf-shelf why></evershelf-shelf>';
  await page.goto(`${pages}/blank.html?${new URLSearchParams({ body })}${asked}`);
  return { errors, said };
}

/** What a storefront leaves on a page that has none open. */
const left = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const { listening } = globalThis as unknown as Noted;
    const pushState = String(history.pushState).includes('[native code]');
    return {
      listening: listening.size,
      pushState,
      debug: document.querySelectorAll('evershelf-debug').length,
    };
  });
const NOTHING = { listening: 0, pushState: true, debug: 0 };

test('a signal that has fired opens nothing; one that fires while it opens, or later, closes all', async ({
  page,
}) => {
  const { errors, said } = await open(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const early = await page.evaluate(() =>
    (globalThis as unknown as Noted).open({ signal: AbortSignal.abort('early') }).catch(String),
  );
  expect([early, asked.filter((url) => url.includes('/model/'))]).toEqual(['early', []]);
  expect(await left(page)).toEqual(NOTHING);

  const during = await page.evaluate(async () => {
    const { open, closing, listening } = globalThis as unknown as Noted;
    const opening = open({ signal: closing.signal });
    while (listening.size === 0) await new Promise((resolve) => setTimeout(resolve));
    closing.abort('during');
    // Another may be opened at once.
    const [reason, other] = await Promise.all([opening.catch(String), open()]);
    other.close();
    return reason;
  });
  expect(during).toBe('during');
  expect(await left(page)).toEqual(NOTHING);

  const later = await page.evaluate(async () => {
    const { open } = globalThis as unknown as Noted;
    const closing = new AbortController();
    const shop = await open({ signal: closing.signal });
    closing.abort('later');
    const asked = await shop.shelf.recommend().catch((error: Error) => error.name ?? String(error));
    return [asked, shop === (await open())];
  });
  expect(later).toEqual(['AbortError', false]);
  await page.evaluate(() => (globalThis as unknown as Noted).shop!.close());
  expect(await left(page)).toEqual(NOTHING);
  expect([errors, said]).toEqual([[], []]);
});

test('one that cannot be opened leaves nothing behind, and the next fills the shelves, those out of sight too', async ({
  page,
}) => {
  await open(page);
  const refused = await page.evaluate(() =>
    (globalThis as unknown as Noted)
      .open({ experiments: 'none' as never })
      .catch((error: Error) => error.message),
  );
  expect(refused).toBe('experiments: found "none", wanted a list of experiments');
  expect(await left(page)).toEqual(NOTHING);
  const shelf = page.locator('evershelf-shelf');
  await expect(shelf).toHaveAttribute('data-evershelf-state', 'empty');
  await page.evaluate(() => (globalThis as unknown as Noted).open());
  await expect(shelf).toHaveAttribute('data-evershelf-state', 'loading');
  await shelf.scrollIntoViewIfNeeded();
  await expect(shelf.locator('[data-item]')).toHaveCount(8);
});

test('a drawer that comes when the storefront is closed stays away', async ({ page }) => {
  const { errors } = await open(page, '&evershelf-debug');
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(/openDrawer/, async (route) => {
    await released;
    await route.continue();
  });
  const asked = page.waitForRequest(/openDrawer/);
  await page.evaluate(async () => (await (globalThis as unknown as Noted).open()).close());
  await asked;
  const come = page.waitForResponse(/openDrawer/);
  release();
  await (await come).finished();
  await page.evaluate(async () => {
    // It runs once it is imported here too.
    const [{ name }] = performance
      .getEntriesByType('resource')
      .filter((each) => /openDrawer/.test(each.name)) as [PerformanceEntry];
    await import(name);
  });
  expect(await left(page)).toEqual(NOTHING);
  expect(errors).toEqual([]);
});

test('parts that are not to be had are left out, and shelves go on without them', async ({ page }) => {
  const { errors, said } = await open(page, '&evershelf-debug');
  await page.route(/open(?:Experiments|Measure|PageReader|Drawer)-|rulesOf-|whyOn-|shopRules-/, (route) =>
    route.abort(),
  );
  await page.evaluate(async () => {
    await (globalThis as unknown as Noted).open({ experiments: [] });
    document.querySelector('p')!.outerHTML = '<evershelf-shelf price="..5"></evershelf-shelf>';
  });
  await expect(page.locator('evershelf-shelf').last().locator('[data-item]')).toHaveCount(8);
  // One whose own wishes cannot be read is left out, not what the shop wants nobody to see shown on it.
  await expect(page.locator('evershelf-shelf').first().locator('[data-item]')).toHaveCount(0);
  // What is lacking still when shelves are asked for again is not said again.
  await page.evaluate(async () => {
    const { shop } = globalThis as unknown as { shop: Storefront };
    const drawn = new Promise<void>((resolve) => shop.on('shelves', resolve));
    shop.setPage({ currency: 'EUR' });
    await drawn;
  });
  const lacks = said.map((line) => /^evershelf: ([^:]*)/.exec(line)?.[1]).toSorted();
  expect(lacks).toEqual([
    // The rules of the placement.
    'Failed to fetch dynamically imported module',
    ...['experiments are left out', 'shelves are not measured', 'the debug drawer cannot be loaded'],
    'the page is not read',
  ]);
  expect(errors).toEqual([]);
});
