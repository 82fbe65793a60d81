import { expect, test } from '@playwright/test';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { findFirefox } from '../findFirefox.ts';
import { pages, shop } from './addresses.ts';

/**
 * A smoke run in Firefox as users have it, over WebDriver BiDi: Playwright speaks to a build of its own alone.
 */
const executablePath = findFirefox();
/** As the page of `strictPage.spec.ts` has it. */
const POLICY = [
  "script-src 'nonce-{{nonce}}' 'wasm-unsafe-eval'",
  `connect-src 'self' ${shop}`,
  `img-src 'self' ${shop}`,
  "worker-src 'self' blob:",
].join('; ');

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
      `${pages}/strict.html?${new URLSearchParams({ policy: POLICY, cdn: '' })}`,
      cardOf,
      8,
    ],
    ['a single-page app', `${pages}/spa.html`, cardOf, 6],
    ['a page with a data layer and nothing else', `${pages}/datalayer/home.html`, cardOf, 8],
    ['a shop of its feed alone', `${pages}/feed.html`, cardOf, 5],
    ['a page without consent', `${pages}/consent.html?consent=none`, cardOf, 4],
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
