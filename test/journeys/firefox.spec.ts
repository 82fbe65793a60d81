import { expect, test } from '@playwright/test';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { findFirefox } from '../findFirefox.ts';

/**
 * A smoke run in Firefox as users have it, over WebDriver BiDi: Playwright speaks to a build of its own alone.
 */
const executablePath = findFirefox();
const pages = `http://localhost:${process.env['PAGES_PORT']}`;
const shop = `http://localhost:${process.env['SHOP_PORT']}`;

test.describe('in Firefox', () => {
  test.skip(executablePath === undefined && !process.env['CI'], 'there is no Firefox');

  let firefox: Browser;
  test.beforeAll(async () => {
    firefox = await launch({ browser: 'firefox', executablePath: executablePath!, headless: true });
  });
  test.afterAll(() => firefox?.close());

  for (const [name, address, cards] of [
    ['the README’s page fills its shelf', `${pages}/readme.html`, '#shelf li'],
    ['a page of shelf elements fills them', `${pages}/elements/default.html`, 'evershelf-shelf [data-item]'],
    ['a page with cards of its own fills them', `${pages}/elements/template.html`, 'evershelf-shelf .tile'],
    ['the demo fills the shelf of its home page', `${shop}/`, '[data-shelf=for-you] [data-testid=card]'],
  ] as const)
    test(name, async () => {
      const page = await firefox.newPage();
      const errors = errorsOf(page);
      await page.goto(address);
      await page.waitForSelector(cards, { timeout: 30_000 });
      expect((await page.$$(cards)).length).toBeGreaterThanOrEqual(8);
      expect(errors).toEqual([]);
      await page.close();
    });
});

function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error instanceof Error ? error.message : String(error)));
  return errors;
}
