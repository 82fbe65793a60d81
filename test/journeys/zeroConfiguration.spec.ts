import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import type { Item } from '../../packages/model/src/index.ts';
import { snippetOf } from '../../packages/trainer/src/init/snippetOf.ts';
import { pages, shop } from './addresses.ts';
import { shopOf } from './shopOf.ts';

const built = fileURLToPath(new URL('../.results/pages/integrity.json', import.meta.url));

/** Ids of the cards of a page's shelf, once all of it is there. */
async function cardsOf(page: Page): Promise<string[]> {
  const found = (): Promise<string[]> =>
    shopOf(page, (shop) =>
      shop
        .shelves()
        .flatMap(({ answer, cards }) =>
          answer.complete ? cards.map(({ recommended }) => recommended.item.id) : [],
        ),
    );
  await expect.poll(async () => (await found()).length).toBe(8);
  return found();
}

/** An item as GA4 has it, and as a UA category text. */
const ga4 = ({ id, title, price, category = [] }: Item) => ({
  item_id: id,
  item_name: title,
  price: price ?? 1,
  category: category.join(' > '),
  ...Object.fromEntries(category.map((level, k) => [`item_category${k === 0 ? '' : k + 1}`, level])),
});
const at = (path: string, query: Record<string, unknown> = {}): string => {
  const text = Object.entries(query).map(([name, value]) => [name, JSON.stringify(value)]);
  return `${pages}/${path}?${new URLSearchParams(text as [string, string][])}`;
};

/** The items of the history that have a say in a shelf, and what of it is known to the shop. */
const reasons = (page: Page) =>
  shopOf(page, (shop) => {
    const [shelf] = shop.shelves();
    const gave = shelf!.cards.flatMap(({ recommended }) =>
      (shop.shelf.explain(recommended.item.id, shelf!.asked)?.history ?? [])
        .filter((each) => each.gave !== 0)
        .map(({ item }) => item.id),
    );
    return [...new Set(gave)];
  });

let errors: string[];
test.beforeEach(({ page }) => {
  errors = [];
  page.on('pageerror', ({ message }) => errors.push(message));
});
test.afterEach(() => expect(errors).toEqual([]));

/** Some items of one category of three levels, which has enough of them for a shelf of its own. */
async function shelfOfItems(page: Page): Promise<Item[]> {
  await page.goto(at('datalayer/home.html'));
  await cardsOf(page);
  return shopOf(page, (shop) => {
    const byCategory = new Map<string, Item[]>();
    for (const item of shop.shelf.items()) {
      const key = JSON.stringify(item.category);
      byCategory.set(key, [...(byCategory.get(key) ?? []), item]);
    }
    return [...byCategory.values()]
      .find((items) => items.length >= 20 && items[0]!.category?.length === 3)!
      .slice(0, 3);
  });
}

test('a shop that has a data layer and nothing else: what was looked at, the cart and the order are known', async ({
  page,
}) => {
  const [first, second, third] = await shelfOfItems(page);

  await page.goto(at('datalayer/product.html', { item: ga4(first!) }));
  expect(await cardsOf(page)).not.toContain(first!.id);
  const product = await shopOf(page, (shop) => shop.page());
  expect(product).toMatchObject({
    placement: 'product',
    product: { id: first!.id, title: first!.title, category: first!.category },
    currency: 'USD',
    language: 'en-US',
  });
  expect(await reasons(page)).toContain(first!.id);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  expect(await page.evaluate('managed')).toEqual(expect.arrayContaining(['add_to_cart']));
  await expect.poll(() => shopOf(page, (shop) => shop.page().cart?.map(({ id }) => id))).toEqual([first!.id]);

  await page.goto(at('datalayer/home.html'));
  await cardsOf(page);
  expect(await reasons(page)).toContain(first!.id);
  expect(
    await shopOf(page, (shop) => [shop.page().placement, shop.page().cart?.map(({ id }) => id)]),
  ).toEqual([undefined, [first!.id]]);

  await page.goto(at('datalayer/category.html', { items: [second, third].map((item) => ga4(item!)) }));
  await cardsOf(page);
  expect(await shopOf(page, (shop) => shop.page())).toMatchObject({
    placement: 'category',
    category: first!.category,
  });

  const cart = [first, second].map((item) => ga4(item!));
  await page.goto(at('datalayer/cart.html', { items: cart }));
  const cards = await cardsOf(page);
  for (const { item_id } of cart) expect(cards).not.toContain(item_id);
  expect(await shopOf(page, (shop) => shop.page().placement)).toBe('cart');

  await page.goto(at('datalayer/thanks.html', { items: cart }));
  await cardsOf(page);
  const events = await shopOf(page, (shop) => shop.shelf.status().profile.events);
  expect(await shopOf(page, (shop) => shop.page().cart)).toEqual([]);
  await page.reload();
  await cardsOf(page);
  expect(await shopOf(page, (shop) => shop.shelf.status().profile.events)).toBe(events);
});

test('an item that nobody but the page knows has a shelf, by its category', async ({ page }) => {
  const [known] = await shelfOfItems(page);
  const item: Item = { id: 'new-1', title: 'Something new', category: known!.category!, price: 3 };
  await page.goto(at('datalayer/product.html', { item: ga4(item) }));
  await cardsOf(page);
  expect(await shopOf(page, (shop) => shop.page().product)).toMatchObject({
    id: 'new-1',
    category: known!.category,
  });
  expect(await reasons(page)).toContain('new-1');
});

for (const name of ['jsonLd', 'microdata'])
  test(`a shop that has ${name} and nothing else: what is looked at is known`, async ({ page }) => {
    const [first] = await shelfOfItems(page);
    await page.goto(at(`markup/${name}.html`, { item: ga4(first!) }));
    expect(await cardsOf(page)).not.toContain(first!.id);
    expect(await shopOf(page, (shop) => shop.page())).toMatchObject({
      placement: 'product',
      product: { id: first!.id, title: first!.title, category: first!.category },
      currency: 'USD',
    });
    await expect.poll(() => shopOf(page, (shop) => shop.shelf.status().profile.events)).toBe(1);
    expect(await reasons(page)).toContain(first!.id);
  });

test('a page whose data layer throws, and whose markup is broken, has its shelf', async ({ page }) => {
  await page.goto(at('datalayer/hostile.html'));
  expect(await cardsOf(page)).toHaveLength(8);
});

test('a single-page app that has a data layer: each route is a page of its own', async ({ page }) => {
  const [first, second] = await shelfOfItems(page);
  await page.goto(at('datalayer/app.html'));
  await expect.poll(() => shopOf(page, (shop) => shop.page().product?.id)).toBe('left-behind');
  for (const item of [first, second]) {
    const message = { event: 'view_item', ecommerce: { items: [ga4(item!)] } };
    await page.evaluate(`go('/p/${item!.id}', ${JSON.stringify(message)})`);
    await expect.poll(() => shopOf(page, (shop) => shop.page().product?.id)).toBe(item!.id);
    await expect
      .poll(() => shopOf(page, (shop) => shop.shelves()[0]?.asked.context))
      .toMatchObject({ id: item!.id });
  }
  await page.evaluate("go('/about', { event: 'page_view' })");
  await expect.poll(() => shopOf(page, (shop) => shop.page().placement)).toBeUndefined();
  const views = await shopOf(page, (shop) => shop.shelf.status().profile.events);
  expect(views).toBe(3);
});

test('what evershelf init writes draws its shelves', async ({ page }) => {
  const integrity = JSON.parse(await readFile(built, 'utf8')) as Record<string, string>;
  const snippet = snippetOf({
    script: `${pages}/evershelf.js`,
    model: `${shop}/model/`,
    integrity: integrity['evershelf.js'],
  });
  await page.goto(`${pages}/empty.html`);
  await page.setContent(`<!doctype html><html lang="en"><title>Shop</title>${snippet}`);
  const shelves = await page.locator('evershelf-shelf').all();
  expect(shelves).toHaveLength(6);
  for (const shelf of shelves) {
    await shelf.scrollIntoViewIfNeeded();
    await expect(shelf.locator('[data-item]').first()).toBeVisible();
  }
});
