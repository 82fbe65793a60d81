import { expect, test } from '@playwright/test';
import { openDrawer } from './openDrawer.ts';

test('a returning visit with the network blocked is served from IndexedDB', async ({ page }) => {
  await page.goto('/');
  const drawer = await openDrawer(page);
  await expect(drawer.locator('[data-count=known]')).toHaveText('19,791', { timeout: 30_000 });
  // The whole shop is learnt once the service's revision is taken.
  await expect(drawer.locator('[data-fact=revision]')).not.toHaveText('0', { timeout: 60_000 });
  const cards = page.locator('[data-shelf=for-you]').getByTestId('card');
  const ids = (): Promise<(string | null)[]> =>
    cards.evaluateAll((all) => all.map((card) => card.getAttribute('data-item')));
  const before = await ids();

  const asked: string[] = [];
  await page.route(/\/(kv|model)\//, (route) => {
    asked.push(route.request().url());
    return route.abort('internetdisconnected');
  });
  await page.reload();

  await expect(cards.first()).toBeVisible();
  await expect(cards.first()).toHaveAttribute('data-freshness', 'offline');
  expect(await ids()).toEqual(before);
  await expect(drawer.locator('[data-fact=source]')).toHaveText('device');
  expect(asked.length).toBeGreaterThan(0);
  await expect(page.getByTestId('network-state')).toContainText(/offline/i);
});
