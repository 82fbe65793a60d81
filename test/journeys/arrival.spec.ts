import { expect, type Page, test } from '@playwright/test';
import { openDrawer } from './openDrawer.ts';

/** Opens the tour at one of its steps. */
async function openTour(page: Page, step: number): Promise<void> {
  await page.goto('/');
  await page.getByTestId('start-tour').click();
  for (let place = 1; place < step; place += 1)
    await page.getByTestId('tour').getByRole('button', { name: 'Next' }).click();
}

const act = (page: Page, name: string): Promise<void> =>
  page.getByTestId('tour').getByRole('button', { name }).click();

test('a new product is shown by its category token while offline, then by its attributes, in place', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await openTour(page, 2);
  const drawer = await openDrawer(page);
  await expect(drawer.locator('[data-fact=revision]')).not.toHaveText('0', { timeout: 60_000 });
  await act(page, 'Take it offline');
  await expect(page.getByTestId('network-state')).toContainText(/offline/i);

  await act(page, 'Next');
  await act(page, 'Let a product arrive');
  const card = page.locator('[data-shelf=new-arrivals]').getByTestId('card').first();
  await expect(card).toHaveAttribute('data-rung', 'category');
  await expect(card).toHaveAttribute('data-token', /^unknown_.+>/);
  // A word of it that would not fit goes on to the next line.
  await expect(card.locator('code > wbr')).not.toHaveCount(0);
  await expect(card).toHaveAttribute('data-freshness', 'offline');
  await expect(page.getByTestId('tour-seen')).toContainText('unknown_');
  const element = await card.elementHandle();
  const titled = await card.innerText();

  await act(page, 'Next');
  await act(page, 'Back on the network');
  await expect(card).toHaveAttribute('data-rung', 'attributes');
  await expect(card).toHaveAttribute('data-freshness', 'fresh');
  await expect(card).toContainText('$');
  await expect(page.getByTestId('tour-seen')).toContainText('by its attributes');
  expect(await card.innerText()).not.toBe(titled);
  expect(await card.evaluate((now, then) => now === then, element)).toBe(true);

  // Never trained on, and in the shop for good: after a reload it is found by its attributes.
  const id = await card.getAttribute('data-item');
  await page.goto(`/product/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[data-shelf=goes-well]').getByTestId('card').first()).toBeVisible();
});

test('what the device has forgotten comes from the network on the next visit', async ({ page }) => {
  await page.goto('/');
  const drawer = await openDrawer(page);
  const source = drawer.locator('[data-fact=source]');
  await expect(drawer.locator('[data-fact=revision]')).not.toHaveText('0', { timeout: 60_000 });
  await page.reload();
  await expect(source).toHaveText('device');
  await drawer.getByRole('button', { name: 'Forget all' }).click();
  await expect(drawer.locator('[data-fact=kept]')).toHaveText('nothing');
  await page.reload();
  await expect(source).toHaveText('network');
});

test('a phone has room for the shop while it is offline', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  const drawer = await openDrawer(page);
  await drawer.getByRole('switch', { name: 'Take the shop offline' }).click();
  await expect(page.getByTestId('network-state')).toHaveAttribute('data-state', 'offline');
  await drawer.getByRole('button', { name: 'Close' }).click();
  await expect(drawer).toBeHidden();
  for (const name of ['search', 'cart-count']) {
    const box = (await page.getByTestId(name).boundingBox())!;
    expect(box.x + box.width, name).toBeLessThanOrEqual(390);
  }
});
