import { expect, test } from '@playwright/test';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';
import { pages } from './addresses.ts';

const HEAD = `
<script>
  window.evershelf = window.evershelf || [];
  evershelf.push((shop) => Object.assign(window, { shop }));
</script>
<script async src="/evershelf.js" integrity="{{integrity evershelf.js}}" crossorigin data-model="/small/model/"
  data-kv="/small/kv" data-consent="none" data-engine="worker"></script>`;
const ADDRESS = `${pages}/blank.html?${new URLSearchParams({ head: HEAD, body: '<evershelf-shelf why></evershelf-shelf>' })}`;

/** A file of the build, and what the page has without it. */
const FILES: readonly (readonly [string, RegExp, 'nothing' | 'a shelf'])[] = [
  ['evershelf.js', /evershelf\.js$/, 'nothing'],
  ['storefront.js', /storefront\.js$/, 'nothing'],
  ['core.js', /core\.js$/, 'nothing'],
  ['the service', /openMetadata-.*\.js$/, 'a shelf'],
  ['the hash, which others import', /murmur3-.*\.js$/, 'a shelf'],
  ["the tables' reader", /rest-.*\.js$/, 'a shelf'],
  ['what measures, rules and reasons', /(?:openMeasure|shopRules|whyOn)-.*\.js$/, 'a shelf'],
  ['the elements', /defineShelf-.*\.js$/, 'nothing'],
  ['the worker', /worker\.js$/, 'a shelf'],
];

for (const [name, pattern, left] of FILES)
  test(`a file that is not as it was built does not run: ${name}`, async ({ page }) => {
    await page.route(pattern, async (route) => {
      const answer = await route.fetch();
      const code = `globalThis.tampered = true; globalThis.postMessage?.('tampered');\n${await answer.text()}`;
      await route.fulfill({ response: answer, body: code });
    });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    const tampered = page.waitForRequest(pattern);
    await page.goto(ADDRESS);
    await tampered;
    if (left === 'a shelf') {
      await expect(page.locator('evershelf-shelf [data-item] a').first()).toBeVisible();
      await page.waitForTimeout(1000);
      const engine = await page.evaluate(async () => {
        const { shop } = globalThis as unknown as { shop: Storefront };
        return (await shop.shelf.recommend({ deadline: 20_000 })).engine;
      });
      expect(engine).toBe(/service|measures/.test(name) ? 'worker' : 'cpu');
    } else await expect.poll(() => said.join('\n')).toMatch(/integrity|not as it was built/);
    expect(await page.evaluate(() => 'tampered' in globalThis)).toBe(false);
    // A shelf asks again for what it has not got.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
