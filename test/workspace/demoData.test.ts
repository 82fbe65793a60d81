import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shops } from '../../demo/shops.ts';
import { withDatabase } from '../../packages/trainer/src/read/Database.ts';

/** One row of figures about the files of a shop: of `items` and `events`. */
async function countsOf(shop: keyof typeof shops, sql: string): Promise<Record<string, string>> {
  const { items, events } = shops[shop];
  return await withDatabase(undefined, async (db) => {
    await db.run(`CREATE VIEW items AS FROM '${items}'; CREATE VIEW events AS FROM '${events}'`);
    const [row] = (await db.runAndReadAll(sql)).getRowObjectsJson();
    return Object.fromEntries(
      Object.entries(row!).map(([name, count]) => [name, Number(count).toLocaleString('en')]),
    );
  });
}

const proseOf = (file: string): string => readFileSync(file, 'utf8').replaceAll(/\s+/g, ' ');

describe('the data of the demo', () => {
  it('of the grocer is what its README says', async () => {
    const { households, products, lines, baskets, departments, categories, pictures, unsized } =
      await countsOf(
        'grocer',
        `SELECT (SELECT count(DISTINCT user_id) FROM events) AS households, count(*) AS products,
        (SELECT count(*) FROM events) AS lines, (SELECT count(DISTINCT session_id) FROM events) AS baskets,
        count(DISTINCT category[1]) AS departments, count(DISTINCT category[1:2]) AS categories,
        count(DISTINCT image) AS pictures, count(*) FILTER (size IS NULL) AS unsized FROM items`,
      );
    const readme = proseOf('demo/data/README.md');
    for (const said of [
      `baskets from ${households} households of a grocery chain, and the ${products} products`,
      `${lines} lines in ${baskets} baskets`,
      `There are ${departments} departments, ${categories} categories within them and ${pictures} pictures.`,
      `null for ${unsized} products`,
    ])
      expect(readme).toContain(said);
  });

  it('of the gift shop is what its README says', async () => {
    const { products, lines } = await countsOf(
      'gifts',
      'SELECT count(*) AS products, (SELECT count(*) FROM events) AS lines FROM items',
    );
    expect(proseOf('demo/gifts/data/README.md')).toContain(
      `the ${products} products that were on at least ten of them: ${lines} lines`,
    );
  });

  it.each(['grocer', 'gifts'] as const)('of the shop %s has a picture of each product', async (name) => {
    const { items, publicDir, newProducts, description } = shops[name];
    const wanted = await withDatabase(undefined, async (db) =>
      (await db.runAndReadAll(`SELECT DISTINCT image FROM '${items}' WHERE image IS NOT NULL`))
        .getRows()
        .map(([image]) => String(image)),
    );
    const there = readdirSync(`${publicDir}/products`).map((file) => `/products/${file}`);
    expect(there).toEqual(
      expect.arrayContaining([
        ...wanted,
        ...newProducts.flatMap(({ image }) => image ?? []),
        ...description.hero.pictures.map((picture) => `/products/${picture}.svg`),
        // Those of pages that say what happened.
        ...['package', 'plunger', 'shopping-bags', 'shopping-cart', 'takeout-box'].map(
          (picture) => `/products/${picture}.svg`,
        ),
      ]),
    );
  });

  it('shows a thing of the kitchen as one', async () => {
    const slice = await withDatabase(undefined, async (db) =>
      (
        await db.runAndReadAll(
          `SELECT category, image FROM '${shops.gifts.items}' WHERE title = 'Regency cake slice'`,
        )
      ).getRowObjectsJson(),
    );
    expect(slice).toEqual([{ category: ['Kitchen', 'Cake stands'], image: '/products/shortcake.svg' }]);
  });
});
