import { expect, test } from '@playwright/test';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { ReactShop } from '../pages/frameworks/ReactShop.ts';
import { pages } from './addresses.ts';

for (const [app, version] of [
  ['react', /^19\./],
  ['react-18', /^18\./],
  ['vue', /^3\./],
] as const)
  test(`a shelf is a component of ${app}`, async ({ page }) => {
    const said: string[] = [];
    page.on('console', (message) => {
      if (!message.text().startsWith('Failed to load resource')) said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(`${pages}/framework.html?app=${app}`);
    const shelf = page.locator('evershelf-shelf');
    await expect(shelf.locator('a')).toHaveCount(4);
    await expect(page.locator('main')).toHaveAttribute('data-version', version);
    expect(
      await shelf.evaluate((element) =>
        Object.fromEntries(
          ['placement', 'count', 'class', 'why', 'repeat', 'where', 'brand-cap'].map((name) => [
            name,
            element.getAttribute(name),
          ]),
        ),
      ),
    ).toEqual({
      placement: 'home',
      count: '4',
      class: 'of-the-shop',
      why: null,
      repeat: null,
      where: '{"price":{"to":5}}',
      'brand-cap': '1',
    });
    await expect(shelf).toHaveCSS('max-inline-size', '1920px');
    const names = await shelf.evaluate((element) => element.getAttributeNames());
    expect(names.filter((name) => name.startsWith('on'))).toEqual([]);
    if (app === 'vue') await expect(page.locator('body')).toHaveAttribute('data-drawn', 'told');

    await page.getByRole('button', { name: 'More' }).click();
    await expect(shelf.locator('a')).toHaveCount(6);
    await expect(shelf).toHaveAttribute('why', '');
    await page.getByRole('button', { name: 'Away' }).click();
    await expect(shelf).toHaveCount(0);
    await page.getByRole('button', { name: 'Back' }).click();
    await expect(shelf.locator('a')).toHaveCount(6);
    expect(said).toEqual([]);
  });

for (const app of ['react', 'react-18'])
  test(`${app} takes up a page of a server whose shelf has its cards already`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const rendered = renderToString(createElement(ReactShop));
    await page.goto(`${pages}/framework.html?${new URLSearchParams({ app, rendered })}`);
    const shelf = page.locator('evershelf-shelf');
    await expect(shelf.locator('a')).toHaveCount(4);
    const element = await shelf.elementHandle();
    await expect(async () => {
      await page.getByRole('button', { name: 'More' }).click();
      await expect(shelf.locator('a')).toHaveCount(6, { timeout: 1000 });
    }).toPass();
    expect(await element!.evaluate((each) => each.isConnected)).toBe(true);
    expect(errors).toEqual([]);
  });

for (const app of ['react', 'react-18', 'vue'])
  test(`a shelf is a component of ${app} on a page that enforces Trusted Types`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.route('**/framework.html*', async (route) => {
      const response = await route.fetch();
      const policy = "require-trusted-types-for 'script'; trusted-types evershelf vue";
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': policy },
      });
    });
    await page.goto(`${pages}/framework.html?app=${app}`);
    await expect(page.locator('evershelf-shelf a')).toHaveCount(4);
    expect(errors).toEqual([]);
  });
