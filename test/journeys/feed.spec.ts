import { expect, type Page, test } from '@playwright/test';
import { pages } from './addresses.ts';
import { shopOf } from './shopOf.ts';

/** Titles on a page's shelf, once it is drawn. */
const titles = async (page: Page): Promise<string[]> => {
  const cards = page.locator('evershelf-shelf [data-item]');
  await expect(cards).toHaveCount(5);
  return await cards.allInnerTexts();
};
const lanterns = (found: readonly string[]): number => found.filter((title) => /lanterns/.test(title)).length;

test('a shop of which nothing but its feed is known has shelves, and a click changes them', async ({
  page,
}) => {
  await page.goto(`${pages}/feed.html`);
  const stranger = await titles(page);
  expect(stranger.join()).toContain('€');

  const besideProduct = async (): Promise<string[]> => {
    await page.goto(`${pages}/feedProduct.html`);
    return await titles(page);
  };
  // What is drawn first may be from before the model is there, and stays while it is seen; the next look has it.
  let beside: string[] = [];
  await expect.poll(async () => lanterns((beside = await besideProduct()))).toBeGreaterThanOrEqual(3);
  expect(beside.join()).not.toContain('Solar lanterns');

  // What the device has not written yet when the page is left is lost; the next look is written.
  await expect
    .poll(async () => {
      await besideProduct();
      await expect.poll(() => shopOf(page, (shop) => shop.shelf.status().profile.events)).toBeGreaterThan(0);
      await page.goto(`${pages}/feed.html`);
      return lanterns(await titles(page));
    })
    .toBeGreaterThanOrEqual(3);
  expect(lanterns(stranger)).toBeLessThan(3);
});
