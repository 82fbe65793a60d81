import { expect, test } from '@playwright/test';
import { pages } from './addresses.ts';

test('a page of 2012 has its shelf, and its libraries as they were', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${pages}/plain2012.html`);
  await expect(page.locator('#shelf li')).toHaveCount(8);
  await expect(page.locator('evershelf-shelf [data-item]')).toHaveCount(4);
  expect(
    await page.evaluate(() => {
      const found = globalThis as unknown as Record<string, unknown>;
      const looped: string[] = [];
      for (const key in ['a']) looped.push(key);
      return {
        mode: document.compatMode,
        dollar: found['$'] === found['oldDollar'] && found['$'] === found['jQuery'],
        done: found['done'],
        looped,
        first: ([1, 2] as unknown as { reduce(): unknown }).reduce(),
        json: JSON.stringify({ all: ['a', 1] }),
        own: ([1] as unknown as { toJSON(): unknown }).toJSON(),
      };
    }),
  ).toMatchObject({
    mode: 'BackCompat',
    dollar: true,
    done: ['before', 'after it'],
    looped: expect.arrayContaining(['0', 'each', 'toJSON']),
    first: [1, 2],
    json: '{"all":["a",1]}',
    own: '[1]',
  });
  // What the page's own command got wrong is the page's error, and the only one.
  expect(errors).toEqual(['of the page']);
});
