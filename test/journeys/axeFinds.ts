import type { Page } from '@playwright/test';
import axeCore, { type AxeResults, type RunOptions } from 'axe-core';

/** What colours decide: all other rules find the same where it is light and where it is dark. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What the source of axe puts into a page. */
interface WithAxe {
  readonly axe: { run(part: string, options: RunOptions): Promise<AxeResults> };
}

/**
 * What axe finds wrong with a page, or with a part of it, by rule: all of it where it is light, and its colours where it is dark too. The
 * page is light afterwards, and has axe.
 */
export async function axeFinds(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axeCore.source);
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    const violations = await page.evaluate(
      async ({ within, rules }) => {
        const moving = (): Animation[] =>
          document.getAnimations().filter((each) => each instanceof CSSTransition);
        // What inherits a colour begins to change when what it inherits from has changed.
        do {
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          await Promise.allSettled(moving().map(({ finished }) => finished));
        } while (moving().length > 0);
        const { axe } = globalThis as unknown as WithAxe;
        const results = await axe.run(within, {
          resultTypes: ['violations'],
          ...(rules === undefined ? {} : { runOnly: rules }),
        });
        return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      },
      { within: part, rules: colorScheme === 'dark' ? OF_COLOURS : undefined },
    );
    found.push(...violations.map((each) => `${colorScheme}, ${each}`));
  }
  return found;
}
