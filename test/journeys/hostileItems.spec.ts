import { expect, type Locator, type Page, test } from '@playwright/test';
import { memoryStore, type RunningService, startService } from '../../packages/kv/src/index.ts';
import { type Item, itemsOf, type PageAnswer } from '../../packages/model/src/index.ts';
import { smallArtifact } from '../../packages/model/test/smallArtifact.ts';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';
import { pages } from './addresses.ts';
import { strictPolicy } from './strictPolicy.ts';

/** What the items of a catalogue say in turn: all of it may be put into a shop, and none of it may run, or stand in the way. */
const SAID: readonly Partial<Item>[] = [
  { title: '<img src=x onerror="hacked=1"><script>hacked=1</script>', brand: '"><b onclick=hacked=1>' },
  { title: 'Addresses', url: 'javascript:hacked=1', image: 'javascript:hacked=1' },
  { title: '\u202Esdrawkcab \u2066and never ended' },
  { title: 'W'.repeat(4096), brand: 'W'.repeat(4096) },
  { title: `Accents ${'\u0301'.repeat(4000)}` },
  { title: 'Dear', price: 1e308, currency: 'USD' },
  { title: 'Cheap', price: 5e-324, currency: 'not one' },
  {
    title: '{id} {{title}} $& ${price}',
    onclick: 'hacked=1',
    srcdoc: '<script>hacked=1</script>',
    style: 'inset: 0',
  },
];
/** Ids of new ones. */
const NAMED = ['"><script>hacked=1</script>', '__proto__', 'constructor', '\u202Edi', 'I'.repeat(256)];
const ITEMS = [
  ...itemsOf(smallArtifact().parts.catalogue).map((item, i): Item => ({ ...item, ...SAID[i % SAID.length] })),
  ...NAMED.map((id): Item => ({ id, category: ['Food'], brand: 'Brand 2', price: 1e308 })),
];

let service: RunningService;
test.beforeAll(async () => {
  const token = 'of the hostile shop';
  service = await startService({ store: memoryStore(), pages: 2, port: 0, token });
  const answer = await fetch(`${service.url}/v1/items`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ items: ITEMS }),
  });
  expect(answer.status).toBe(200);
});
test.afterAll(() => service.close());

/** Where an address of the page's service is behind it. */
const behind = (url: string): string => url.replace(`${pages}/small/kv`, service.url);

/**
 * Opens the strict page with its drawer, on the hostile shop; the function that comes back sees that nothing ran.
 *
 * @param pageOf answers a page of items in the service's place
 */
async function open(page: Page, pageOf?: (answer: PageAnswer) => string): Promise<() => Promise<void>> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route(`${pages}/small/kv/**`, (route) => route.continue({ url: behind(route.request().url()) }));
  if (pageOf !== undefined)
    await page.route(/\/v1\/pages\//, async (route) => {
      const answer = await fetch(behind(route.request().url()));
      const body = pageOf((await answer.json()) as PageAnswer);
      await route.fulfill({ contentType: 'application/json', body });
    });
  const query = new URLSearchParams({ policy: strictPolicy(), cdn: '', 'evershelf-debug': '' });
  await page.goto(`${pages}/strict.html?${query}`);
  return async () => {
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(await page.evaluate('violations')).toEqual([]);
    expect(errors).toEqual([]);
  };
}

const freshOn = (page: Page): Promise<number | undefined> =>
  page.evaluate(
    () => (globalThis as unknown as { shop?: Storefront }).shop?.shelf.status().byFreshness.fresh,
  );

/** What of the drawer is wider than it. */
function beyond(drawer: Locator): Promise<string[]> {
  return drawer.evaluate((aside) => {
    const { left, right } = aside.getBoundingClientRect();
    return [...aside.querySelectorAll('*')]
      .filter((each) => {
        const box = each.getBoundingClientRect();
        const scrolls = getComputedStyle(each).overflowX === 'auto' && each.scrollWidth > each.clientWidth;
        return scrolls || (box.width > 0 && (box.left < left - 1 || box.right > right + 1));
      })
      .map((each) => `${each.localName}.${each.getAttribute('class')}: ${each.textContent!.slice(0, 40)}`);
  });
}

test('whatever items say, cards, reasons, the drawer and its explanations show it as text, within their bounds', async ({
  page,
}) => {
  const isWell = await open(page);
  await expect.poll(() => freshOn(page)).toBe(ITEMS.length);
  const drawer = page.getByRole('complementary', { name: 'Evershelf' });
  const controls = drawer.getByRole('region', { name: 'Controls' });
  const before = await controls.screenshot({ animations: 'disabled' });
  // Of each kind one is in the cart, and the others on the shelf.
  const had = [NAMED[0]!, ...ITEMS.slice(0, SAID.length).map(({ id }) => id)];
  await page.evaluate((items) => {
    const { shop } = globalThis as unknown as { shop: Storefront };
    for (const item of items) shop.track({ item, kind: 'purchase' });
    const [said, ...others] = items as [string, ...string[]];
    shop.setPage({
      placement: 'cart',
      product: { id: said, title: said.repeat(9) },
      category: others,
      cart: items.map((id) => shop.shelf.item(id)!),
      query: said,
      currency: said,
      language: said,
    });
    const shelf = document.createElement('evershelf-shelf');
    for (const [name, value] of [
      ['placement', 'home'],
      ['count', '20'],
      ['layout', 'grid'],
      ['heading', said],
      ['repeat', ''],
      ['why', ''],
    ] as const)
      shelf.setAttribute(name, value);
    document.body.prepend(shelf);
  }, had);

  const shelf = page.locator('evershelf-shelf').first();
  // By default a shelf has each title once.
  await expect(shelf.locator('[data-item]')).toHaveCount(SAID.length + NAMED.length - 1);
  await expect(shelf.locator('[data-part=title]', { hasText: '<img src=x' })).toHaveCount(1);
  for (const price of await shelf.locator('[data-part=price]').allTextContents())
    expect(price.length).toBeLessThan(20);
  const links = await page.locator('a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  for (const link of links) expect(link).toMatch(/^\/elements\//);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);

  await drawer.locator('details').evaluateAll((all) => {
    for (const details of all) (details as HTMLDetailsElement).open = true;
  });
  const parts = drawer.locator('.score-parts b');
  await expect.poll(() => parts.count()).toBeGreaterThan(50);
  for (const part of await parts.allTextContents()) expect(part).toMatch(/^[+−]\d{1,3}\.\d\d$/);
  const history = drawer.locator('.score-parts [dir=auto]');
  for (const { title } of SAID)
    await expect(history.filter({ hasText: title!.slice(0, 20) }).first()).toBeAttached();
  await expect(drawer.locator('dd', { hasText: '__proto__' }).first()).toBeAttached();
  expect(await beyond(drawer)).toEqual([]);
  expect((await controls.screenshot({ animations: 'disabled' })).equals(before)).toBe(true);
  await isWell();
});

test('what no item may say comes onto no page, and takes none of the others with it', async ({ page }) => {
  const long = 'W'.repeat(1e6);
  const bad = [
    `{"id": "long", "category": ["Food"], "title": "${long}"}`,
    `{"id": "listed", "category": ["Food"], "tags": ["${long}"]}`,
    '{"id": "proto", "category": ["Food"], "__proto__": {"hacked": 1}}',
    '{"id": "constructor", "constructor": {"prototype": {"hacked": 1}}}',
    '{"id": "endless", "category": ["Food"], "price": 1e999}',
    '{"id": "owed", "category": ["Food"], "price": -1e308}',
    `{"id": "${long}", "category": ["Food"]}`,
    '{"id": ["in", "a", "list"]}',
    'null',
  ].map((item) => `{"revision": 1, "item": ${item}}`);
  const isWell = await open(page, ({ items, ...answer }) => {
    const good = items.map((each) => JSON.stringify(each));
    return `{"page": ${answer.page}, "revision": ${answer.revision}, "items": [${[...bad, ...good].join()}]}`;
  });
  await expect.poll(() => freshOn(page)).toBe(ITEMS.length);
  const known = await page.evaluate(() =>
    (globalThis as unknown as { shop: Storefront }).shop.shelf.items().map((item) => JSON.stringify(item)),
  );
  expect(known.filter((text) => text.length > 10_000 || /hacked":/.test(text))).toEqual([]);
  expect(known).toHaveLength(ITEMS.length);
  await expect(page.locator('evershelf-shelf [data-item]')).toHaveCount(8);
  await isWell();
});
