import { expect, test } from '@playwright/test';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { findFirefox } from '../findFirefox.ts';
import { pages, shop } from './addresses.ts';
import { strictPolicy } from './strictPolicy.ts';

/**
 * A smoke run in Firefox as users have it, over WebDriver BiDi: Playwright speaks to a build of its own alone.
 */
const executablePath = findFirefox();
/** Not every Firefox knows Trusted Types. */
const policy = strictPolicy({ 'require-trusted-types-for': '', 'trusted-types': '' });
const TAG = `<script async src="/evershelf.js" data-model="${shop}/model/" data-consent="none"></script>`;

test.describe('in Firefox', () => {
  test.skip(executablePath === undefined && !process.env['CI'], 'there is no Firefox');

  let firefox: Browser;
  test.beforeAll(async () => {
    firefox = await launch({ browser: 'firefox', executablePath: executablePath!, headless: true });
  });
  test.afterAll(() => firefox?.close());

  const cardOf = 'evershelf-shelf [data-item]';
  for (const [name, address, cards, count] of [
    ['the README’s page', `${pages}/readme.html`, cardOf, 8],
    ['a page of 2012', `${pages}/plain2012.html`, '#shelf li', 8],
    [
      'a page with a strict policy',
      `${pages}/strict.html?${new URLSearchParams({ policy, cdn: '' })}`,
      cardOf,
      8,
    ],
    [
      'a page with two tags',
      `${pages}/blank.html?${new URLSearchParams({ head: TAG + TAG, body: '<evershelf-shelf></evershelf-shelf>' })}`,
      cardOf,
      4,
    ],
    ['a single-page app', `${pages}/spa.html`, cardOf, 6],
    ['a page with a data layer and nothing else', `${pages}/datalayer/home.html`, cardOf, 8],
    ['a shop of its feed alone', `${pages}/feed.html`, cardOf, 5],
    ['a page without consent', `${pages}/consent.html?consent=none&shop=/small`, cardOf, 4],
    ['a page of shelf elements', `${pages}/elements/default.html`, cardOf, 8],
    ['a page with cards of its own', `${pages}/elements/template.html`, 'evershelf-shelf .tile', 8],
    ['the demo’s home page', `${shop}/`, '[data-shelf=for-you] [data-testid=card]', 8],
  ] as const)
    test(`${name} fills its shelf`, async () => {
      const page = await firefox.newPage();
      const errors = errorsOf(page);
      await page.goto(address);
      await page.waitForSelector(cards, { timeout: 30_000 });
      expect((await page.$$(cards)).length).toBeGreaterThanOrEqual(count);
      // The old page has an error of its own.
      expect(errors.filter((message) => !message.endsWith('of the page'))).toEqual([]);
      await page.close();
    });
});

function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error instanceof Error ? error.message : String(error)));
  return errors;
}
