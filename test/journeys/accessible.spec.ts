import { expect, type Page, test } from '@playwright/test';
import { gifts } from './addresses.ts';
import { axeFinds } from './axeFinds.ts';

const cardOf = (page: Page) => page.locator('[data-testid=card]').first();

async function check(page: Page, what: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await axeFinds(page), what).toEqual([]);
}

test.describe('axe has nothing to say against the shop, light or dark', () => {
  test.describe.configure({ timeout: 120_000 });
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('its front, the tour, a product, the checkout, an order', async ({ page }) => {
    const card = cardOf(page);
    await page.goto('/');
    await expect(card).toBeVisible();
    await check(page, 'home');
    await page.getByTestId('start-tour').click();
    await check(page, 'tour');
    await page.keyboard.press('Escape');
    await card.getByRole('link').click();
    await page.getByTestId('add-to-cart').click();
    await expect(card).toBeVisible();
    await check(page, 'product');
    await page.goto('/checkout');
    await check(page, 'checkout');
    for (let step = 0; step < 4; step += 1) await page.getByTestId('checkout-on').click();
    await expect(card).toBeVisible();
    await check(page, 'order');
  });

  test('a search that finds nothing, an address that leads nowhere, the front of the other shop', async ({
    page,
  }) => {
    for (const address of ['/search?q=nothing-of-the-kind', '/old/strawberry-jam', gifts]) {
      await page.goto(address);
      await expect(cardOf(page)).toBeVisible();
      await check(page, address);
    }
  });
});
