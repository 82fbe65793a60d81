import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What colours decide: all other rules find the same where it is light and where it is dark. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds wrong with a page, or with a part of it, by rule: all of it where it is light, and its colours where it is dark too. The
 * page is light afterwards.
 */
export async function axeFinds(page: Page, part = 'html'): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() =>
      Promise.allSettled(
        document
          .getAnimations()
          .filter((each) => each instanceof CSSTransition)
          .map(({ finished }) => finished),
      ),
    );
    const axe = new AxeBuilder({ page }).include(part);
    if (colorScheme === 'dark') axe.withRules(OF_COLOURS);
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations)
      found.push(`${colorScheme}, ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }
  return found;
}
