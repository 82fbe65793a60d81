import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuEngine } from '../../src/engines/cpu/cpuEngine.ts';
import type { Ask } from '../../src/engines/Engine.ts';
import type { Condition, Rules, Where } from '../../src/index.ts';
import { shopPages } from '../../src/metadata/shopPages.ts';
import { openRules, type ShopRules } from '../../src/rules/shopRules.ts';
import type { Shop } from '../../src/shop/shop.ts';
import { askOf, attributes, brand, drawnShop, idOf, path, price, shopWith, TABLES, tag } from './drawShop.ts';
import { referenceShelf } from './referenceShelf.ts';

const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.uniqueArray(value, { minLength: 1, maxLength: 3 });
const oneOf = (value: fc.Arbitrary<string | number | boolean | string[]>): fc.Arbitrary<Condition> =>
  fc
    .record({ in: some(value), out: some(value) }, { requiredKeys: [] })
    .filter((own) => 'in' in own || 'out' in own);
const range = fc.oneof(
  fc.tuple(price, price).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
  price.map((from) => ({ from })),
  price.map((to) => ({ to })),
);
/** One condition or two: of more hardly any item would be left. */
const where = fc
  .uniqueArray(
    fc.oneof(
      ...Object.entries({
        category: oneOf(path),
        brand: oneOf(brand),
        price: range,
        tags: oneOf(tag),
        size: oneOf(fc.constantFrom<string | number>(1, 2, '1', 3)),
        fair: oneOf(fc.boolean()),
        id: oneOf(fc.nat(40).map(idOf)),
        nothing: fc.constant({ out: ['x'] }),
      }).map(([attribute, condition]) => fc.tuple(fc.constant(attribute), condition)),
    ),
    { minLength: 1, maxLength: 2, selector: ([attribute]) => attribute },
  )
  .map((conditions): Where => Object.fromEntries(conditions));
const by = fc.constantFrom('category', 'brand', 'tags', 'fair', 'size', 'nothing');
const rulesFor = (k: number): fc.Arbitrary<Rules> =>
  fc.record(
    {
      where,
      boosts: fc.array(fc.record({ where, by: fc.constantFrom(0.5, -0.5, 100, 0.1) }), { maxLength: 3 }),
      pins: fc
        .uniqueArray(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: k })), {
          maxLength: 4,
          selector: ([, place]) => place,
        })
        .map((all) => all.filter(([i], p) => all.findIndex(([other]) => other === i) === p))
        .map((all) => all.map(([i, place]) => ({ item: idOf(i), place }))),
      caps: fc.array(fc.record({ by, most: fc.integer({ min: 1, max: 3 }) }), { maxLength: 2 }),
      diversity: fc.constantFrom(0, 0.3, 0.7, 1),
    },
    { requiredKeys: [] },
  );
const shelf = fc
  .integer({ min: 1, max: 12 })
  .chain((k) => fc.record({ k: fc.constant(k), rules: rulesFor(k) }));

/** The shelves by the rules, and by the definition. */
async function compare(
  shop: Shop,
  rules: ShopRules,
  shelves: readonly { k: number; rules: Rules | undefined }[],
  leftOut: ReadonlySet<number>,
): Promise<void> {
  const engine = cpuEngine();
  engine.load({ ...shop.scorable(), tables: TABLES });
  const rank = async (asks: readonly Ask[]) => ({ ranked: await engine.topK(asks), engine: 'cpu' });
  await rules.prepare(shelves);
  const asks = shelves.map(({ k }) => askOf(shop, k, leftOut));
  const { ranked } = await rules.rank(asks, shelves, rank);

  const [all] = await engine.topK([askOf(shop, Math.max(1, shop.count()), leftOut)]);
  const candidates = Array.from(all!.items, (i, place) => ({
    item: shop.item(i),
    score: all!.scores[place]!,
    rows: Array.from(shop.rows(i)),
  }));
  shelves.forEach(({ k, rules: own }, s) => {
    const { items, scores, ruled } = ranked[s]!;
    const shown = Array.from(items, (i, place) => ({
      id: shop.item(i).id,
      score: scores[place]!,
      boost: ruled?.[place]!.boost ?? 0,
      pinned: ruled?.[place]!.pinned ?? false,
    }));
    const wanted = referenceShelf(candidates, own ?? {}, k);
    // An engine may sum up a score in another order when it answers for many.
    expect(shown).toEqual(wanted.map((each) => ({ ...each, score: expect.closeTo(each.score, 3) })));
  });
}

describe('the rules of a shop', { timeout: 60_000 }, () => {
  it('give the shelves that their definition gives, on any shop', async () => {
    const property = fc.asyncProperty(
      drawnShop,
      fc.array(shelf, { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(fc.nat(40), { maxLength: 20 }),
      async (items, shelves, leftOut) => {
        const shop = shopWith(items);
        const rules = openRules(shop);
        await compare(shop, rules, [...shelves, { k: 5, rules: undefined }], new Set(leftOut));
      },
    );
    await fc.assert(property, { seed: 1, numRuns: 200 });
  });

  it('see at once what changes in the shop, and what comes', async () => {
    const property = fc.asyncProperty(
      drawnShop,
      fc.array(shelf, { minLength: 1, maxLength: 2 }),
      fc.array(fc.array(fc.tuple(fc.nat(100), attributes), { maxLength: 5 }), { minLength: 1, maxLength: 4 }),
      async (items, shelves, changes) => {
        const shop = shopWith(items);
        const pages = shopPages(shop);
        pages.deal(1);
        const rules = openRules(shop);
        for (const change of changes) {
          await compare(shop, rules, shelves, new Set());
          pages.take({
            page: 0,
            revision: 1,
            items: change.map(([i, item]) => ({ revision: 1, item: { ...item, id: idOf(i) } })),
          });
        }
        await compare(shop, rules, shelves, new Set());
      },
    );
    await fc.assert(property, { seed: 1, numRuns: 100 });
  });

  it('compile what they need in turns, while the shop changes', async () => {
    const brands = ['Ash', 'Birch'];
    const shop = shopWith(
      Array.from({ length: 20_000 }, (_, i) => ({ item: { brand: brands[i % 2]! }, rows: [0] })),
    );
    const rules = openRules(shop);
    const shelves = [
      { k: 5, rules: { where: { brand: { in: ['Birch'] } }, caps: [{ by: 'brand', most: 3 }] } },
    ];
    const ready = rules.prepare(shelves);
    shop.hand({ id: 'came meanwhile', brand: 'Birch' });
    await ready;
    await compare(shop, rules, shelves, new Set());
  });
});
