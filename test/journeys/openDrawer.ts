import { expect, type Locator, type Page } from '@playwright/test';

/** Opens the drawer of the demo where it is closed. */
export async function openDrawer(page: Page): Promise<Locator> {
  const drawer = page.getByRole('complementary', { name: 'Evershelf' });
  await expect(page.locator('[data-testid=card]').first()).toBeAttached();
  if (!(await drawer.isVisible())) await page.getByTestId('drawer-toggle').click();
  await expect(drawer).toBeVisible();
  return drawer;
}
