import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe has nothing to say against the shop, ${colorScheme}: pages, checkout, tour and drawer`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const check = async (what: string): Promise<void> => {
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        what,
      ).toEqual([]);
    };
    const card = page.locator('[data-testid=card]').first();
    await page.goto('/');
    await expect(card).toBeVisible();
    await check('home');
    await page.getByTestId('start-tour').click();
    await check('tour');
    await page.keyboard.press('Escape');
    await card.getByRole('link').click();
    await page.getByTestId('add-to-cart').click();
    await expect(card).toBeVisible();
    await check('product');
    await page.goto('/checkout');
    await check('checkout');
    await page.goto('/search?q=nothing-of-the-kind');
    await expect(card).toBeVisible();
    await check('search');
  });
