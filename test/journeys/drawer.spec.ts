import { expect, type Locator, type Page, test } from '@playwright/test';
import { pages } from './addresses.ts';
import { axeFinds } from './axeFinds.ts';

async function openPage(page: Page): Promise<Locator> {
  await page.goto(`${pages}/drawer.html?evershelf-debug`);
  const drawer = page.getByRole('complementary', { name: 'Evershelf' });
  await expect(drawer).toBeVisible();
  await expect(drawer.locator('details.card')).toHaveCount(6);
  return drawer;
}

test('any page opens the drawer by its address, under a strict policy and its own styles', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const drawer = await openPage(page);
  await expect(drawer.getByRole('heading', { level: 2 })).toBeVisible();
  await expect(drawer.locator('[data-fact=engine]')).toHaveText(/CPU|Worker|WebGPU/);
  await expect(drawer.locator('[data-fact=milliseconds]')).toHaveText(/ ms$/);
  await expect(drawer.locator('[data-count=known]')).toHaveText('19,791');
  await expect(drawer.locator('[data-fact=received]')).toHaveText(/ (kB|MB)$/);
  await expect(drawer.locator('[data-fact=placement]')).toHaveText(/home|not told/);
  // What is cut is narrower than it would be by itself.
  const room = await drawer.getByRole('combobox', { name: 'Consent' }).evaluate((select) => {
    const given = select.getBoundingClientRect().width;
    select.style.flex = 'none';
    return given - select.getBoundingClientRect().width;
  });
  expect(room).toBeGreaterThanOrEqual(0);
  const sized = await drawer.evaluate((element) => getComputedStyle(element).letterSpacing);
  expect(sized).toBe('normal');
  expect(errors).toEqual([]);
});

test('engines are told of by what the page asks for, also where that is several shelves at once', async ({
  page,
}) => {
  await page.goto(`${pages}/corner.html?evershelf-debug`);
  const drawer = page.getByRole('complementary', { name: 'Evershelf' });
  await expect(drawer.locator('details.shelf')).toHaveCount(2);
  await expect(drawer.locator('.engine-taken .engine-median')).toHaveText(/ ms$/);
  await expect(drawer.getByText('The others were not measured yet')).toBeHidden();
});

test('a card is explained by the parts of its score, and framed on the page while its line is looked at', async ({
  page,
}) => {
  const drawer = await openPage(page);
  const line = drawer.locator('details.card summary').first();
  await line.click();
  const parts = drawer.locator('details.card').first().locator('.score-parts').first().locator('b');
  await expect(parts.first()).toHaveText(/[+−]\d/);
  const sum = (await parts.allInnerTexts()).reduce((all, text) => all + Number(text.replace('−', '-')), 0);
  const score = Number(
    await drawer.locator('details.card dl div', { hasText: 'Score' }).first().locator('dd').innerText(),
  );
  expect(Math.abs(sum - score)).toBeLessThan(0.05);

  const card = (await page.locator('evershelf-shelf [data-item]').first().boundingBox())!;
  const frame = (await page.locator('evershelf-debug .frame').boundingBox())!;
  expect(Math.abs(frame.x + 9 - card.x)).toBeLessThan(2);
  expect(Math.abs(frame.width - 18 - card.width)).toBeLessThan(2);
});

test('the drawer moves nothing on the page, and axe has nothing to say against it', async ({ page }) => {
  const drawer = await openPage(page);
  const box = (): Promise<unknown> => page.locator('main').boundingBox();
  const open = await box();
  await drawer.locator('details.card summary').first().click();
  expect(await axeFinds(page, 'evershelf-debug')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  expect(await box()).toEqual(open);
  const handle = page.getByRole('button', { name: 'Under the shelves' });
  await expect(handle).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(drawer.getByRole('button', { name: 'Close' })).toBeFocused();
});

test('on a phone, and from right to left, the drawer fits the window', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const drawer = await openPage(page);
  const phone = (await drawer.boundingBox())!;
  expect([phone.x, phone.width]).toEqual([0, 390]);
  expect(phone.height).toBeLessThan(844 * 0.6);
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  await drawer.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Under the shelves' }).click();
  // It slides in.
  await expect.poll(async () => (await drawer.boundingBox())!.x).toBe(0);
});
