import { expect, type Page, test } from '@playwright/test';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';
import { cdn, pages, shop } from './addresses.ts';

const SRC = `src="/evershelf.js"`;
const MODEL = `data-model="${shop}/model/" data-consent="none" data-engine="cpu"`;
const TAG = `<script async ${SRC} ${MODEL}></script>`;
/** Notes the storefronts that commands are handed. */
const QUEUE = `<script>
  window.done = [];
  window.shops = new Set();
  window.evershelf = window.evershelf || [];
  evershelf.push((shop) => shops.add(shop));
</script>`;

interface Noted {
  readonly done: unknown[];
  readonly shops: Set<Storefront>;
  readonly evershelf: unknown[];
}

/** Opens a page that is nothing but this; gives what its console and its errors say. */
async function open(page: Page, head: string, body = ''): Promise<{ said: string[]; errors: string[] }> {
  const [said, errors]: [string[], string[]] = [[], []];
  page.on('console', (message) => {
    if (!message.text().startsWith('Failed to load resource'))
      said.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${pages}/blank.html?${new URLSearchParams({ head, body })}`);
  return { said, errors };
}

const opened = (page: Page): Promise<unknown> => page.waitForFunction('globalThis.shops.size > 0');
const noted = (page: Page): Promise<unknown[]> => page.evaluate(() => (globalThis as unknown as Noted).done);
const count = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Noted).shops.size);

for (const [where, head, body] of [
  ['in the head, async', QUEUE + TAG, ''],
  ['in the head, and waited for', `${QUEUE}<script ${SRC} ${MODEL}></script>`, ''],
  ['deferred', `${QUEUE}<script defer ${SRC} ${MODEL}></script>`, ''],
  ['before the queue', TAG + QUEUE, ''],
  ['at the end of the body', QUEUE, `<p>Shop</p>${TAG}`],
  ['as a module', `${QUEUE}<script type="module" ${SRC} ${MODEL}></script>`, ''],
  [
    'by a script of the page',
    QUEUE,
    `<script>
      const tag = document.createElement('script');
      tag.src = '/evershelf.js';
      Object.assign(tag.dataset, { model: '${shop}/model/', consent: 'none' });
      document.body.append(tag);
    </script>`,
  ],
  ['from another origin', `${QUEUE}<script async src="${cdn}/evershelf.js?v=1/2" ${MODEL}></script>`, ''],
  [
    'beside an element of its name',
    `${TAG}<div id="evershelf"></div>${QUEUE.replace('window.evershelf ||', '')}`,
    '',
  ],
] as const)
  test(`a tag ${where} opens the storefront`, async ({ page }) => {
    const { said, errors } = await open(page, head, body);
    await opened(page);
    expect([...said, ...errors]).toEqual([]);
  });

test('the queue is done in order, whatever one command throws, and then at once', async ({ page }) => {
  const { said, errors } = await open(
    page,
    `${QUEUE}<script>
      evershelf.push(() => { done.push('first'); evershelf.push(() => done.push('of the first')); });
      evershelf.push(() => { throw new Error('of the page'); }, 'no command');
      evershelf.push(async () => done.push('last'));
    </script>${TAG}`,
  );
  await opened(page);
  await expect.poll(() => noted(page)).toEqual(['first', 'last', 'of the first']);
  await page.evaluate(() => {
    const { evershelf, done } = globalThis as unknown as Noted;
    evershelf.push(() => done.push('later'));
    done.push('after it');
  });
  expect(await noted(page)).toEqual(['first', 'last', 'of the first', 'later', 'after it']);
  expect(said).toEqual([]);
  expect(errors).toEqual([
    'of the page',
    'evershelf.push: found string, wanted a function of the storefront',
  ]);
});

test('the same tag twice is one storefront', async ({ page }) => {
  const { said } = await open(page, QUEUE + TAG, TAG);
  await opened(page);
  await page.evaluate(
    (tag) => document.body.append(document.createRange().createContextualFragment(tag)),
    TAG,
  );
  await page.waitForTimeout(500);
  expect(await count(page)).toBe(1);
  expect(said).toEqual([]);
});

test('two tags that differ are one storefront, and the console says which', async ({ page }) => {
  const { said } = await open(
    page,
    `${QUEUE}<script ${SRC} ${MODEL}></script><script src="${cdn}/evershelf.js" data-model="/other/"></script>`,
  );
  await opened(page);
  expect(await count(page)).toBe(1);
  expect(said).toEqual([
    expect.stringMatching(
      /^warning: evershelf: this page has two script tags\. .*localhost.*\/model\/ is used, .*127\.0\.0\.1.*\/other\/ is left out/,
    ),
  ]);
});

test('a storefront that a bundle opened is the one of the tag, and of elements that were there before it', async ({
  page,
}) => {
  await open(page, QUEUE, '<evershelf-shelf placement="home" count="4"></evershelf-shelf>');
  await page.evaluate(async (model) => {
    const module = '/storefront.js';
    const { openStorefront } = (await import(module)) as {
      openStorefront(options: object): Promise<Storefront>;
    };
    const options = { model, consent: 'none', engine: 'cpu' };
    const [one, other] = await Promise.all([openStorefront(options), openStorefront(options)]);
    (globalThis as unknown as Noted).done.push(one === other);
    (globalThis as unknown as Noted).shops.add(one);
  }, `${shop}/model/`);
  await expect(page.locator('evershelf-shelf [data-item] a')).toHaveCount(4);
  await page.evaluate(
    (tag) => document.body.append(document.createRange().createContextualFragment(tag)),
    TAG,
  );
  await page.waitForFunction('evershelf.length === 0');
  expect(await noted(page)).toEqual([true]);
  expect(await count(page)).toBe(1);
});

for (const [what, tag, said] of [
  [
    'a wrong attribute',
    `<script async ${SRC} data-model="/model/" data-consent="all"></script>`,
    /^error: evershelf: data-consent: found "all", wanted one of auto, none, cache, profile$/,
  ],
  [
    'no model',
    `<script async ${SRC}></script>`,
    /^error: evershelf: model: found undefined, wanted the folder of an artifact, such as "\/model\/"$/,
  ],
  [
    'JSON that is none',
    `<script type="application/json" data-evershelf>{ "model": </script>${TAG}`,
    /^error: evershelf: <script type="application\/json" data-evershelf>: found ".*", wanted JSON$/,
  ],
  [
    'an option that nobody knows',
    `<script type="application/json" data-evershelf>{ "modell": "/model/" }</script>${TAG}`,
    /^error: evershelf: options: found "modell", wanted one of model, kv, /,
  ],
  [
    'a placement that cannot be',
    `<script type="application/json" data-evershelf>{ "placements": { "home": { "count": 0 } } }</script>${TAG}`,
    /^error: evershelf: placements\.home\.count: found 0, wanted a whole number from 1 to 100$/,
  ],
  [
    'a file of JSON that is not there',
    TAG.replace('async', 'async data-config="/nowhere.json"'),
    /^error: evershelf: data-config \/nowhere\.json: found "status 404", wanted a JSON file$/,
  ],
  [
    'a model that is not there',
    `<script async ${SRC} data-model="${pages}/nowhere/" data-consent="none"></script>`,
    /^error: evershelf: .*nowhere\/manifest\.json: found status 404, wanted 200$/,
  ],
] as const)
  test(`${what} is one line of the console, and the page goes on`, async ({ page }) => {
    const found = await open(page, QUEUE + tag, '<h1>Shop</h1>');
    await expect.poll(() => found.said).toHaveLength(1);
    expect(found.said[0]).toMatch(said);
    await page.waitForTimeout(300);
    expect(found.said).toHaveLength(1);
    expect(found.errors).toEqual([]);
    await expect(page.getByRole('heading')).toHaveText('Shop');
    expect(await count(page)).toBe(0);
  });

test('a tag that cannot be found is one line of the console', async ({ page }) => {
  const { said, errors } = await open(page, `${QUEUE}<script type="module">import '/evershelf.js';</script>`);
  await expect
    .poll(() => said)
    .toEqual(['error: evershelf: found no <script src="...evershelf..."> in the page']);
  expect(errors).toEqual([]);
});

test('a service that is not there leaves the shelf as the model has it', async ({ page }) => {
  const { errors } = await open(
    page,
    `${QUEUE}<script async ${SRC} ${MODEL} data-kv="${pages}/nowhere"></script>`,
  );
  await opened(page);
  const items = await page.evaluate(async () => {
    const { shelf } = [...(globalThis as unknown as Noted).shops][0]!;
    return (await shelf.recommend({ k: 4 })).items.length;
  });
  expect(items).toBe(4);
  expect(errors).toEqual([]);
});

test('JSON of the page configures what attributes do not', async ({ page }) => {
  await open(
    page,
    `<script type="application/json" data-evershelf>
      { "model": "/nowhere/", "placements": { "home": { "count": 3 } } }
    </script>${QUEUE}${TAG}`,
    '<evershelf-shelf placement="home"></evershelf-shelf>',
  );
  await expect(page.locator('evershelf-shelf [data-item] a')).toHaveCount(3);
});

test('the page is drawn before the tag has come, and its two files are asked for side by side', async ({
  page,
}) => {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/evershelf.js', async (route) => {
    await released;
    await route.continue();
  });
  const asked = new Set<string>();
  let both = (): void => {};
  const side = new Promise<void>((resolve) => (both = resolve));
  await page.route(/(storefront|core)\.js$/, async (route) => {
    asked.add(route.request().url());
    if (asked.size === 2) both();
    await side;
    await route.continue();
  });
  await page.goto(
    `${pages}/blank.html?${new URLSearchParams({ head: QUEUE + TAG, body: '<h1>Shop</h1>' })}`,
    {
      waitUntil: 'domcontentloaded',
    },
  );
  const painted = await page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        new PerformanceObserver((list) =>
          resolve(list.getEntriesByName('first-contentful-paint').length),
        ).observe({
          type: 'paint',
          buffered: true,
        }),
      ),
  );
  expect(painted).toBe(1);
  expect(asked.size).toBe(0);
  release();
  await opened(page);
});

test('the page has one more global', async ({ page }) => {
  await open(page, `<script>window.before = Object.getOwnPropertyNames(window);</script>${QUEUE}`);
  await page.evaluate(
    (tag) => document.body.append(document.createRange().createContextualFragment(tag)),
    TAG,
  );
  await opened(page);
  const added = await page.evaluate(() => {
    const { before } = globalThis as unknown as { before: string[] };
    return Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
  });
  expect(added.toSorted()).toEqual(['before', 'done', 'evershelf', 'shops']);
});
