import { expect, type Page, test } from '@playwright/test';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';
import { pages } from './addresses.ts';

interface App {
  readonly shop: Storefront;
  readonly told: number;
  show(draw: () => void): void;
  homePage(): void;
  productPage(item: object): void;
}

const product = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => (globalThis as unknown as App).shop.page().product?.id);
const cards = (page: Page): Promise<string[]> =>
  page.locator('evershelf-shelf [data-item] a').allInnerTexts();
const told = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as App).told);
const viewed = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as App).shop.shelf.status().profile.events);

/** Goes to the product page of the shop's n-th item, by one way of a router; gives its id. */
const visit = (page: Page, n: number, way: 'pushState' | 'replaceState' | 'hash'): Promise<string> =>
  page.evaluate(
    ([at, by]) => {
      const { shop, show, productPage } = globalThis as unknown as App;
      const item = shop.shelf.items()[at]!;
      if (by === 'hash') location.hash = `#/product/${item.id}`;
      else history[by]({}, '', `/product/${item.id}`);
      show(() => productPage(item));
      return item.id;
    },
    [n, way] as const,
  );

async function open(page: Page): Promise<void> {
  await page.goto(`${pages}/spa.html`);
  await page.waitForFunction('globalThis.shop?.shelf.status().complete');
  await expect(page.locator('evershelf-shelf [data-item] a')).toHaveCount(6);
}

/** A browser with the Navigation API, and one without. */
for (const has of [true, false])
  test.describe(has ? 'with the Navigation API' : 'without the Navigation API', () => {
    test.beforeEach(async ({ page }) => {
      if (!has) await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'navigation'));
    });

    for (const way of ['pushState', 'replaceState', 'hash'] as const)
      test(`another page by ${way} has another shelf, and is looked at once`, async ({ page }) => {
        await open(page);
        const home = await cards(page);
        const id = await visit(page, 10, way);
        await expect.poll(() => product(page)).toBe(id);
        await expect.poll(() => cards(page)).not.toEqual(home);
        const first = await cards(page);
        const other = await visit(page, 40, way);
        await expect.poll(() => product(page)).toBe(other);
        await expect.poll(() => cards(page)).not.toEqual(first);
        await expect.poll(() => viewed(page)).toBe(2);
      });

    test('back and forth is another page each time', async ({ page }) => {
      await open(page);
      const id = await visit(page, 10, 'pushState');
      await expect.poll(() => product(page)).toBe(id);
      await page.evaluate(() => {
        const { show, homePage } = globalThis as unknown as App;
        addEventListener('popstate', () => show(homePage), { once: true });
        history.back();
      });
      await expect.poll(() => product(page)).toBeUndefined();
      const before = await told(page);
      await page.evaluate(() => history.forward());
      await expect.poll(() => told(page)).toBeGreaterThan(before);
    });

    test('what the shop says of the page holds until the address changes, not over a place in the page', async ({
      page,
    }) => {
      await open(page);
      await page.evaluate(() => {
        const { shop } = globalThis as unknown as App;
        shop.setPage({ placement: 'product', product: { id: 'of-the-shop' } });
      });
      expect(await product(page)).toBe('of-the-shop');
      await page.evaluate(() => (location.hash = '#reviews'));
      await page.evaluate(() => history.replaceState({ scroll: 10 }, ''));
      expect(await product(page)).toBe('of-the-shop');
      await page.evaluate(() => history.pushState({}, '', '/elsewhere'));
      expect(await product(page)).toBeUndefined();
    });
  });

test("a router's own pushState stays, and a closed storefront hears of no address", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'navigation'));
  await open(page);
  const result = await page.evaluate(() => {
    const { shop } = globalThis as unknown as App;
    const ours = history.pushState;
    const calls: unknown[] = [];
    // A router that comes later wraps what it finds.
    history.pushState = (...given) => {
      calls.push(given[2]);
      ours.apply(history, given);
    };
    const before = (globalThis as unknown as App).told;
    history.pushState({}, '', '/one');
    const told = (globalThis as unknown as App).told - before;
    const isOurs = (): boolean => !String(history.replaceState).includes('[native code]');
    const followed = isOurs();
    shop.close();
    history.pushState({}, '', '/two');
    const after = (globalThis as unknown as App).told - before;
    return { calls, told, after, path: location.pathname, followed, follows: isOurs() };
  });
  // What nobody has laid anything over is the browser's own again.
  expect(result).toEqual({
    ...{ calls: ['/one', '/two'], told: 1, after: 1, path: '/two' },
    ...{ followed: true, follows: false },
  });
});
