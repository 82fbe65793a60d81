import { expect, type Locator, test } from '@playwright/test';
import { openDrawer } from './openDrawer.ts';
import { watchShifts } from './shelves.ts';

/** Where an element stands in the window. */
const boxOf = async (element: Locator): Promise<{ y: number; width: number; height: number }> =>
  (await element.boundingBox())!;

test.describe("a newcomer's visit", () => {
  for (const [device, viewport] of [
    ['a desktop', { width: 1440, height: 900 }],
    ['a phone', { width: 390, height: 844 }],
  ] as const) {
    test(`on ${device}: from the home page to a paid cart`, async ({ page }) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.setViewportSize(viewport);

      await page.goto('/');
      const forYou = page.locator('[data-shelf=for-you]');
      const card = forYou.getByTestId('card').first();
      await expect(card).toBeVisible();
      await expect(card).toHaveAttribute('data-rung', 'known');
      await expect(card).toContainText('$');

      await card.getByRole('link').first().click();
      await expect(page).toHaveURL(/\/product\//);
      const title = await page.getByRole('heading', { level: 1 }).innerText();
      const beside = page.locator('[data-shelf=goes-well]').getByTestId('card');
      await expect(beside.first()).toBeVisible();
      const looked = page.url().split('/').at(-1)!;
      await expect(page.locator(`[data-shelf=goes-well] [data-item="${looked}"]`)).toHaveCount(0);

      await page.getByTestId('add-to-cart').click();
      await expect(page.getByTestId('cart-count')).toHaveText('1');
      await page.goto('/cart');
      await expect(page.getByRole('main')).toContainText(title);
      await expect(page.locator('[data-shelf=before-you-go]').getByTestId('card').first()).toBeVisible();
      await expect(page.locator(`[data-shelf=before-you-go] [data-item="${looked}"]`)).toHaveCount(0);
      await page.getByTestId('checkout').click();
      const on = page.getByTestId('checkout-on');
      for (const step of ['Address', 'Time', 'Payment', 'Review']) {
        await expect(page.locator('[aria-current=step]')).toContainText(step);
        await on.click();
      }
      await expect(page).toHaveURL(/\/order\//);
      await expect(page.getByTestId('order')).toContainText('is placed');
      await expect(page.getByRole('main')).toContainText(title);
      await expect(page.getByTestId('cart-count')).toHaveText('0');
      const ordered = page.locator('.order-lines li').first();
      const [name, price] = [
        await boxOf(ordered.locator('span').nth(1)),
        await boxOf(ordered.locator('.line-price')),
      ];
      expect(price.y, 'the price stands beside its product').toBeLessThan(name.y + name.height);
      await expect(page.locator('[data-shelf=next-time]').getByTestId('card').first()).toBeVisible();

      await page.goto('/');
      const again = page.locator('[data-shelf=buy-again]').getByTestId('card');
      await expect(again.first()).toHaveAttribute('data-item', looked);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
      expect(errors).toEqual([]);
    });

    test(`on ${device}: nothing moves while a page comes, and what is largest is fetched first`, async ({
      page,
    }) => {
      await page.setViewportSize(viewport);
      const shifts = await watchShifts(page);
      const card = page.getByTestId('card').first();
      const opens = async (address: string): Promise<void> => {
        await page.goto(address);
        await expect(card).toBeVisible();
        expect(await shifts(), address).toBeLessThan(0.005);
      };
      await opens('/category/bakery');
      await opens('/cart');
      await opens('/');
      await expect(card.locator('img')).toHaveAttribute('loading', 'lazy');
      await opens((await card.getByRole('link').getAttribute('href'))!);
      await expect(page.locator('.product-picture img')).toHaveAttribute('fetchpriority', 'high');
    });
  }

  test('the shelves are told what each page is, and no more than it is', async ({ page }) => {
    await page.goto('/');
    const drawer = await openDrawer(page);
    const told = (name: string): Locator => drawer.locator(`[data-fact=${name}]`);
    await page.goto('/search?q=coffee');
    const grid = page.getByTestId('product').first();
    await expect(grid).toBeVisible();
    // Products are counted by title, categories by product: one of both is said.
    await expect(page.locator('.page-count')).toHaveText(/products$/);
    await expect(page.getByRole('navigation', { name: 'Categories found' })).toHaveText(/^\D+$/);
    await expect(told('placement')).toHaveText('not told');

    await grid.getByRole('link').click();
    await expect(told('placement')).toHaveText('product');
    await page.getByTestId('add-to-cart').click();
    await page.getByRole('link', { name: 'Cart, 1 piece' }).click();
    await expect(told('placement')).toHaveText('cart');
    await page.getByTestId('checkout').click();
    for (let step = 0; step < 4; step += 1) await page.getByTestId('checkout-on').click();
    await expect(page.getByTestId('order')).toBeVisible();
    await expect(told('placement')).toHaveText('not told');
    await expect(told('cart')).toHaveText('empty');
  });

  test('a shop that cannot open says so on all of the page, and opens when that is tried again', async ({
    page,
  }) => {
    await page.route('**/model/**', (route) => route.abort());
    await page.goto('/');
    const error = page.getByTestId('error');
    await expect(error.getByRole('heading')).toHaveText('The shop could not open');
    // No drawer comes that room would be kept for.
    expect((await boxOf(error)).width).toBeGreaterThan(page.viewportSize()!.width - 100);
    await page.unroute('**/model/**');
    await error.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByTestId('card').first()).toBeVisible();
    await expect(page.getByRole('complementary', { name: 'Evershelf' })).toBeVisible();
  });

  test('finds a category and a product by name', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('searchbox').or(page.getByRole('combobox')).first().fill('bananas');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toContainText('Bananas');
    await page.goto('/');
    await page.getByRole('main').getByRole('link', { name: 'Bakery' }).first().click();
    await expect(page).toHaveURL(/\/category\//);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bakery');
    await expect(page.locator('[data-shelf=category-bakery]').getByTestId('card').first()).toBeVisible();
  });
});
