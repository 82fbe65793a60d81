import { expect, test } from '@playwright/test';
import { gifts } from './addresses.ts';

test.use({ baseURL: gifts });

test('another shop, of the same code: its own name, currency and shelves', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto('/');
  await expect(page).toHaveTitle(/Thistlewick/);
  const card = page.locator('[data-shelf=for-you]').getByTestId('card').first();
  await expect(card).toHaveAttribute('data-rung', 'known');
  await expect(card).toContainText('£');
  await page.goto('/category/christmas');
  await expect(page.locator('[data-shelf=category-christmas]').getByTestId('card').first()).toBeVisible();
  await page.goto('/search?q=mug');
  await page.getByTestId('product').first().getByRole('link').click();
  await expect(page.locator('[data-shelf=goes-well]').getByTestId('card').first()).toContainText('£');
  await expect(page.getByRole('contentinfo')).toContainText('CC BY 4.0');
  expect(errors).toEqual([]);
});

test('a product that arrived is known after a night in which the model was trained', async ({ page }) => {
  test.setTimeout(240_000);
  const tour = page.getByTestId('tour');
  const act = (name: string): Promise<void> => tour.getByRole('button', { name, exact: true }).click();
  await page.goto('/');
  await page.getByTestId('start-tour').click();
  await act('Next');
  await act('Next');
  await act('Let a product arrive');
  const card = page.locator('[data-shelf=new-arrivals]').getByTestId('card').first();
  await expect(card).toHaveAttribute('data-rung', 'category');
  await act('Next');
  await act('Back on the network');
  await expect(card).toHaveAttribute('data-rung', 'attributes');
  await act('Next');
  await act('Let a night pass');
  const again = tour.getByRole('button', { name: 'Visit the shop again' });
  await expect(again).toBeVisible({ timeout: 180_000 });
  await expect(card).toHaveAttribute('data-rung', 'attributes');
  // The tour goes on where it was. The first visit still has the model of before, and fetches the new one.
  await expect(async () => {
    if (await again.isVisible()) await again.click();
    await expect(page.getByTestId('tour-seen')).toContainText('known to the new model', { timeout: 3000 });
  }).toPass({ timeout: 60_000 });
  await expect(card).toHaveAttribute('data-rung', 'known');
});
