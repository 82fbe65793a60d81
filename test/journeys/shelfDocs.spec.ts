import { expect, test } from '@playwright/test';
import { snippetsOf } from '../snippets/snippetsOf.ts';
import { openBare, settled } from './shelves.ts';

const snippets = await snippetsOf('docs/elements.md');

test.describe('in docs/elements.md', () => {
  for (const { at, code } of snippets.filter(({ language }) => language === 'html'))
    test(`the shelf at ${at} is drawn`, async ({ page }) => {
      await openBare(page, code);
      await settled(page);
      const shelf = page.locator('evershelf-shelf');
      await expect(shelf).toHaveAttribute('data-evershelf-state', 'filled');
      await expect(shelf).not.toHaveAttribute('data-evershelf-error');
      await expect(shelf.locator('[data-part=title]').first()).not.toBeEmpty();
    });

  test('the rules of styles hold', async ({ page }) => {
    const styles = snippets.filter(({ language }) => language === 'css').map(({ code }) => code);
    expect(styles).toHaveLength(2);
    await openBare(page, '<evershelf-shelf></evershelf-shelf>');
    await page.addStyleTag({ content: styles.join('\n') });
    await settled(page);
    const card = page.locator('.evershelf-card').first();
    await expect(card).toHaveCSS('width', '224px');
    await expect(card).toHaveCSS('border-radius', '0px');
    expect((await page.locator('evershelf-shelf').boundingBox())!.height).toBeGreaterThanOrEqual(352);
  });
});
