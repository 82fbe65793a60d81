import { expect, test } from '@playwright/test';
import { openPanel } from './openPanel.ts';

test('a new product is shown by its category token while offline, then by its attributes, in place', async ({
  page,
}) => {
  await page.goto('/');
  await openPanel(page);
  await expect(page.getByTestId('panel-revision')).not.toHaveText('0', { timeout: 30_000 });
  await page.getByTestId('offline-toggle').click();
  await expect(page.getByTestId('network-state')).toContainText(/offline/i);

  await page.getByTestId('arrive').click();
  const card = page.locator('[data-shelf=new-arrivals]').getByTestId('card').first();
  await expect(card).toHaveAttribute('data-rung', 'category');
  await expect(card).toHaveAttribute('data-token', /^unknown_.+>/);
  await expect(card).toHaveAttribute('data-freshness', 'offline');
  const element = await card.elementHandle();
  const titled = await card.innerText();

  await page.getByTestId('offline-toggle').click();
  await expect(card).toHaveAttribute('data-rung', 'attributes');
  await expect(card).toHaveAttribute('data-freshness', 'fresh');
  await expect(card).toContainText('$');
  expect(await card.innerText()).not.toBe(titled);
  expect(await card.evaluate((now, then) => now === then, element)).toBe(true);

  // Never trained on, and in the shop for good: after a reload it is found by its attributes.
  const id = await card.getAttribute('data-item');
  await page.goto(`/product/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[data-shelf=goes-well]').getByTestId('card').first()).toBeVisible();
});

test('an arrival while online has its attributes', async ({ page }) => {
  await page.goto('/');
  await openPanel(page);
  await page.getByTestId('arrive').click();
  const card = page.locator('[data-shelf=new-arrivals]').getByTestId('card').first();
  await expect(card).toHaveAttribute('data-rung', 'attributes');
  await expect(card).toHaveAttribute('data-freshness', 'fresh');
});

test('wiping the cache makes the next visit a first one', async ({ page }) => {
  await page.goto('/');
  const panel = await openPanel(page);
  await expect(page.getByTestId('panel-revision')).not.toHaveText('0', { timeout: 30_000 });
  await page.reload();
  await expect(panel).toContainText('device');
  await page.getByTestId('wipe').click();
  await expect(panel).toContainText('network');
});

test('a phone has room for the shop while it is offline', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await openPanel(page);
  await page.getByTestId('offline-toggle').click();
  await expect(page.getByTestId('network-state')).toHaveAttribute('data-state', 'offline');
  await page.getByTestId('panel').getByRole('button', { name: /close/i }).click();
  for (const name of ['search', 'cart-count']) {
    const box = (await page.getByTestId(name).boundingBox())!;
    expect(box.x + box.width, name).toBeLessThanOrEqual(390);
  }
});
