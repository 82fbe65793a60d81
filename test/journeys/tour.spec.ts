import { expect, test } from '@playwright/test';
import { openDrawer } from './openDrawer.ts';

test('the tour changes a price and a stock, and the open page follows with the model that it has', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto('/');
  // From then on the page hears of changes as they come.
  const drawer = await openDrawer(page);
  await expect(drawer.locator('[data-fact=revision]')).not.toHaveText('0', { timeout: 60_000 });
  await page.getByTestId('start-tour').click();
  const tour = page.getByTestId('tour');
  const seen = page.getByTestId('tour-seen');
  const act = (name: string): Promise<void> => tour.getByRole('button', { name, exact: true }).click();
  while (!(await tour.getByRole('heading', { name: 'Freeze the model' }).isVisible())) await act('Next');
  const cards = page.locator('[data-shelf=for-you]').getByTestId('card');
  const [gone, cheaper] = await cards.evaluateAll((all) => all.map((card) => card.getAttribute('data-item')));
  const price = page.locator(`[data-shelf=for-you] [data-item="${cheaper}"] .card-price`);
  const before = await price.innerText();

  await act('Change a price and a stock');
  await expect(seen).toContainText('still model');
  await expect(price).not.toHaveText(before);
  await expect(page.locator(`[data-shelf=for-you] [data-item="${gone}"]`)).toHaveCount(0);

  // Both are put right when the step is left.
  await act('Next');
  await expect(price).toHaveText(before);
});

test('the tour ends with one call that forgets the visitor, and the open page says so', async ({ page }) => {
  await page.goto('/');
  const shelf = page.locator('[data-shelf=for-you]');
  await expect(shelf).toContainText('What most shoppers take');
  await shelf.locator('.card-add').first().click();
  await expect(shelf).toContainText('From what you looked at');
  await page.getByTestId('start-tour').click();
  const tour = page.getByTestId('tour');
  while (!(await tour.getByRole('button', { name: 'Done' }).isVisible()))
    await tour.getByRole('button', { name: 'Next', exact: true }).click();
  await tour.getByRole('button', { name: 'Forget me' }).click();
  await expect(tour.getByRole('status')).toContainText('Nothing about you is on this device');
  await expect(shelf).toContainText('What most shoppers take');
});

test('on a phone the tour has the focus back from the drawer', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await page.getByTestId('start-tour').click();
  const tour = page.getByTestId('tour');
  await tour.getByRole('button', { name: 'Look under the shelves' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(tour.getByRole('heading', { level: 2 })).toBeFocused();
});

test('the tour is read out and walked by keyboard, left and taken up again', async ({ page }) => {
  await page.goto('/');
  const start = page.getByTestId('start-tour');
  await start.focus();
  await page.keyboard.press('Enter');
  const tour = page.getByRole('region', { name: 'Tour' });
  await expect(tour.getByRole('heading', { level: 2 })).toBeFocused();
  await tour.getByRole('button', { name: 'Next' }).focus();
  await page.keyboard.press('Enter');
  const heading = tour.getByRole('heading', { name: 'Take the shop offline' });
  await expect(heading).toBeFocused();
  await expect(tour.getByRole('status')).toHaveText('');
  await page.keyboard.press('Escape');
  await expect(tour).toBeHidden();
  await expect(start).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(heading).toBeVisible();

  await page.reload();
  await expect(heading).toBeVisible();
  await tour.getByRole('button', { name: 'Leave the tour' }).click();
  await page.reload();
  await expect(page.locator('[data-testid=card]').first()).toBeVisible();
  await expect(tour).toBeHidden();
});
