import { chromium, expect, type Page, test } from '@playwright/test';
import { launchOptions } from '../../packages/sdk/test/launchOptions.ts';
import type { Storefront, StorefrontOptions } from '../../packages/sdk/src/storefront/index.ts';
import { pages, shop } from './addresses.ts';

/**
 * Opens a shelf until all of its model is here, a first answer with it, and the engines are measured where they are to be; gives the
 * scripts that were fetched, without their hashes.
 */
async function scriptsOf(page: Page, options: Partial<StorefrontOptions> = {}): Promise<string[]> {
  const fetched: string[] = [];
  page.on('request', (request) => {
    const name = new URL(request.url()).pathname.slice(1);
    if (name.endsWith('.js')) fetched.push(name.replace(/-[\w-]{8}\.js$/, ''));
  });
  await page.goto(`${pages}/empty.html`);
  await page.evaluate(
    async ({ model, kv, engine, measure }) => {
      const tag = document.createElement('script');
      tag.src = '/evershelf.js';
      tag.dataset['model'] = model;
      if (kv !== undefined) tag.dataset['kv'] = kv;
      if (engine !== undefined) tag.dataset['engine'] = engine;
      if (measure !== undefined) tag.dataset['measure'] = String(measure);
      document.head.append(tag);
      const { shelf } = await new Promise<Storefront>((resolve) =>
        Object.assign(globalThis, { evershelf: [resolve] }),
      );
      while (!shelf.status().complete) await new Promise((resolve) => shelf.on('improved', () => resolve(0)));
      await shelf.recommend({ deadline: 20_000 });
      while (shelf.status().engines.one.reason.includes('not measured yet'))
        await new Promise((resolve) => setTimeout(resolve, 50));
    },
    { model: `${shop}/model/`, ...options },
  );
  return fetched.toSorted();
}

/** What a script tag fetches on every page: also its shelf elements, what measures them and its page's reader, for shelves and words may come at any time. */
const ALWAYS = [
  ...['core.js', 'defineShelf', 'evershelf.js', 'murmur3', 'openMeasure', 'openPageReader', 'rest'],
  'storefront.js',
];

test('a page fetches what it needs of the SDK: the GPU engine where a GPU answers', async ({ page }) => {
  expect(await scriptsOf(page, { engine: 'webgpu' })).toEqual([...ALWAYS, 'webgpuEngine'].toSorted());
});

test('a page without a GPU does not fetch its engine, one without a service, or that is not measured, none of their code', async () => {
  const browser = await chromium.launch(launchOptions());
  try {
    const fetched = async (options: Partial<StorefrontOptions>): Promise<string[]> =>
      scriptsOf(await browser.newPage(), options);
    expect(await fetched({ engine: 'webgpu' })).toEqual(ALWAYS);
    const measured = await fetched({ engine: 'auto' });
    // A busy machine answers slowly, and has the worker measured too.
    expect(measured).toContain('measureEngines');
    expect(measured).not.toContain('webgpuEngine');
    const unmeasured = ALWAYS.filter((name) => name !== 'openMeasure');
    expect(await fetched({ engine: 'cpu', kv: `${shop}/kv`, measure: false })).toEqual(
      [...unmeasured, 'openMetadata', 'randomName'].toSorted(),
    );
  } finally {
    await browser.close();
  }
});
