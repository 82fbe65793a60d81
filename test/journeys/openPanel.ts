import { expect, type Locator, type Page } from '@playwright/test';

/** Opens the panel under the shelf where it is closed. */
export async function openPanel(page: Page): Promise<Locator> {
  const panel = page.getByTestId('panel');
  if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Under the shelf' }).click();
  await expect(panel).toBeVisible();
  return panel;
}
