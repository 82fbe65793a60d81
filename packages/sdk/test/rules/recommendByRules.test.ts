import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Item, Rules } from '../../src/index.ts';
import { ids, learnt, testShelves } from '../testShelves.ts';

const at = testShelves();

describe('a shelf with rules', () => {
  it('shows only items that fit all conditions', async () => {
    const shelf = await at.open({ kv: '' });
    const rules: Rules = {
      where: {
        category: { in: [['Food']], out: [['Food', 'Fruit']] },
        brand: { in: ['Brand 0', 'Brand 2'] },
        price: { from: 2, to: 10 },
      },
    };
    const wanted = at.shop.items.filter(
      ({ category, brand, price = -1 }) =>
        category![1] !== 'Fruit' &&
        ['Brand 0', 'Brand 2'].includes(String(brand)) &&
        price >= 2 &&
        price <= 10,
    );
    expect(wanted.length).toBeGreaterThan(3);
    const { items } = await shelf.recommend({ k: 1000, rules });
    expect(items.map(({ item }) => item.id).toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
    const all = ids(await shelf.recommend({ k: 1000 }));
    expect(items.map(({ item }) => item.id)).toEqual(
      all.filter((id) => wanted.some((each) => each.id === id)),
    );
  });

  it('sees at once what the page hands over and what the service changes', async () => {
    const shelf = await at.open();
    await learnt(shelf);
    const [first, second] = at.shop.items;
    const rules: Rules = { where: { price: { from: 500 } } };
    expect(ids(await shelf.recommend({ rules }))).toEqual([]);
    const candidates: Item[] = [{ id: 'dear', price: 700, category: ['Food'] }];
    expect(ids(await shelf.recommend({ rules, candidates }))).toEqual(['dear']);
    await at.shop.put([
      { ...first!, price: 600 },
      { ...second!, price: 600, inStock: false },
    ]);
    await expect.poll(() => shelf.item(second!.id)?.inStock).toBe(false);
    expect(ids(await shelf.recommend({ rules }))).toEqual([first!.id]);
    await at.shop.put([{ ...second!, price: 600 }]);
    await expect.poll(() => shelf.item(second!.id)?.inStock).toBeUndefined();
    expect(ids(await shelf.recommend({ rules })).toSorted()).toEqual([first!.id, second!.id].toSorted());
  });

  it('lifts an item from the end of the catalogue, and says by how much', async () => {
    const shelf = await at.open({ kv: '' });
    shelf.track({ item: at.shop.items[3]!, kind: 'purchase' });
    const last = ids(await shelf.recommend({ k: 1000 })).at(-1)!;
    const boosts = [
      { where: { id: { in: [last] } }, by: 500 },
      { where: { category: { in: [['Food']] } }, by: -0.5 },
    ];
    const { items } = await shelf.recommend({ k: 3, rules: { boosts } });
    expect(items.map(({ boost }) => boost)).toEqual([499.5, -0.5, -0.5]);
    expect(items[0]!.item.id).toBe(last);
    for (const { item, score, boost } of items)
      expect(score - boost!).toBeCloseTo(shelf.explain(item.id)!.score, 3);
  });

  it('shows a pinned item at its place, unless it may not be shown at all', async () => {
    const shelf = await at.open({ kv: '' });
    shelf.track({ item: at.shop.items[3]!, kind: 'purchase' });
    const before = ids(await shelf.recommend({ k: 1000 }));
    const [best, last, other] = [before[0]!, before.at(-1)!, before.at(-2)!];
    const pins = [
      { item: last, place: 3 },
      { item: best, place: 5 },
      { item: other, place: 1 },
      { item: 'nobody knows', place: 2 },
    ];
    const { items } = await shelf.recommend({ k: 6, rules: { pins }, exclude: [other] });
    expect(items.map(({ item }) => item.id)).toEqual([
      before[1],
      before[2],
      last,
      before[3],
      best,
      before[4],
    ]);
    expect(items.map(({ pinned }) => pinned === true)).toEqual([false, false, true, false, true, false]);
    for (const { item, score } of items) expect(score).toBeCloseTo(shelf.explain(item.id)!.score, 3);
    const discovered = await shelf.recommend({
      k: 6,
      intent: 'discover',
      rules: { pins: [{ item: at.shop.items[3]!.id, place: 1 }] },
    });
    expect(ids(discovered)).not.toContain(at.shop.items[3]!.id);
  });

  it('keeps to its caps with the best that there are', async () => {
    const shelf = await at.open({ kv: '' });
    const all = (await shelf.recommend({ k: 1000 })).items;
    const taken = new Map<unknown, number>();
    const wanted = all.filter(({ item: { brand } }) => {
      taken.set(brand, (taken.get(brand) ?? 0) + 1);
      return taken.get(brand)! <= 1;
    });
    const rules: Rules = { caps: [{ by: 'brand', most: 1 }] };
    expect((await shelf.recommend({ k: 8, rules })).items).toEqual(wanted);
    expect((await shelf.recommend({ k: 2, rules })).items).toEqual(wanted.slice(0, 2));
  });

  it('shows more kinds, the more diverse it is to be', async () => {
    const shelf = await at.open({ kv: '' });
    // To a stranger all of them score alike, so they come by id: those of the first kind before the others.
    const candidates: Item[] = Array.from({ length: 12 }, (_, i) => ({
      id: `new ${10 + i}`,
      category: i < 10 ? ['Food', 'Fruit'] : ['Food'],
      brand: i < 8 ? 'Brand 1' : `Brand ${i % 5}`,
    }));
    const kinds = async (diversity: number): Promise<number> => {
      const { items } = await shelf.recommend({ k: 3, candidates, only: true, rules: { diversity } });
      return new Set(items.map(({ item }) => `${item.category!.join()} ${String(item['brand'])}`)).size;
    };
    expect(await kinds(0)).toBe(1);
    expect(await kinds(0.9)).toBe(3);
  });

  it('answers for shelves with and without rules at once as for each alone', async () => {
    const shelf = await at.open({ kv: '' });
    const all = [
      { k: 5 },
      { k: 5, rules: { caps: [{ by: 'brand', most: 1 }], pins: [{ item: 'item 7 ü', place: 5 }] } },
      { k: 5, rules: { boosts: [{ where: { brand: { in: ['Brand 1'] } }, by: 0.25 }] } },
      { k: 5, context: 'item 4 ü', rules: { diversity: 0.5 } },
    ];
    const together = await shelf.recommendAll(all);
    for (const [place, options] of all.entries())
      expect(together[place]!.items).toEqual((await shelf.recommend(options)).items);
  });

  it('does what docs/rules.md shows', async () => {
    const page = readFileSync('docs/rules.md', 'utf8');
    const rules = JSON.parse(/```json\n(.*?)```/s.exec(page)![1]!) as Rules;
    const kept = Array.from({ length: 9 }, (_, i) => ({
      id: `sku-${i}`,
      category: ['Food', 'Frozen'],
      brand: i < 6 ? 'Own brand' : 'Other',
      price: 20,
    }));
    const leftOut: Item[] = [
      { id: 'dear', category: ['Food'], price: 20.01 },
      { id: 'no price', category: ['Food'] },
      { id: 'toffee', category: ['Food', 'Sweets', 'Toffee'], price: 5 },
      { id: 'toy', category: ['Toys'], price: 5 },
      { id: 'nuts', category: ['Food'], price: 5, allergens: ['milk', 'nuts'] },
    ];
    const shelf = await at.open({ kv: '' });
    const { items } = await shelf.recommend({ k: 8, candidates: [...kept, ...leftOut], only: true, rules });
    expect(items).toHaveLength(6);
    expect(items.every(({ item }) => item.id.startsWith('sku-'))).toBe(true);
    expect(items[1]).toMatchObject({ item: { id: 'sku-7' }, pinned: true });
    const own = items.filter(({ item }) => item['brand'] === 'Own brand');
    expect(own.map(({ boost }) => boost)).toEqual([0.5, 0.5, 0.5]);
  });

  it.each<[unknown, string]>([
    ['cheap', 'rules: found "cheap", wanted an object of where, boosts, pins, caps, diversity'],
    [{ wear: {} }, 'rules.wear: found {}, wanted one of where, boosts'],
    [{ where: {} }, 'rules.where: found {}, wanted conditions by attribute'],
    [{ where: { price: 5 } }, 'rules.where.price: found 5, wanted an object of in, out, from, to'],
    [{ where: { price: {} } }, 'rules.where.price: found {}, wanted in, out, from or to'],
    [{ where: { price: { min: 5 } } }, 'rules.where.price.min: found 5, wanted one of in, out, from, to'],
    [{ where: { price: { from: 5, to: 4 } } }, 'rules.where.price.from: found 5, wanted at most its to, 4'],
    [{ where: { price: { to: NaN } } }, 'rules.where.price.to: found NaN, wanted a finite number'],
    [{ where: { brand: { in: [] } } }, 'rules.where.brand.in: found [], wanted a list of at least one value'],
    [{ where: { brand: { in: 'Ash' } } }, 'rules.where.brand.in: found "Ash", wanted a list'],
    [{ where: { brand: { out: [['Ash']] } } }, 'rules.where.brand.out[0]: found ["Ash"], wanted a text'],
    [{ where: { category: { in: ['Food'] } } }, 'rules.where.category.in[0]: found "Food", wanted a path'],
    [{ where: { category: { from: 1 } } }, 'rules.where.category.from: found 1, wanted one of in, out'],
    [{ boosts: { by: 1 } }, 'rules.boosts: found {"by":1}, wanted a list of at most 100'],
    [{ boosts: [{ by: 1 }] }, 'rules.boosts[0].where: found undefined, wanted an object'],
    [
      { boosts: [{ where: { a: { in: [1] } }, by: NaN }] },
      'rules.boosts[0].by: found NaN, wanted a number from -1000',
    ],
    [{ boosts: [{ where: { a: { in: [1] } }, by: 1001 }] }, 'rules.boosts[0].by: found 1001'],
    [
      { pins: [{ item: 'a', place: 0 }] },
      'rules.pins[0].place: found 0, wanted a whole number from 1 to k, 8',
    ],
    [
      { pins: [{ item: 'a', place: 9 }] },
      'rules.pins[0].place: found 9, wanted a whole number from 1 to k, 8',
    ],
    [{ pins: [{ item: '', place: 1 }] }, 'rules.pins[0].item: found "", wanted the id of an item'],
    [
      {
        pins: [
          { item: 'a', place: 1 },
          { item: 'b', place: 1 },
        ],
      },
      'rules.pins[1].place: found 1, wanted one pin for each place',
    ],
    [
      {
        pins: [
          { item: 'a', place: 1 },
          { item: 'a', place: 2 },
        ],
      },
      'rules.pins[1].item: found "a", wanted one pin for each item',
    ],
    [{ caps: [{ by: 'brand', most: 0 }] }, 'rules.caps[0].most: found 0, wanted a whole number >= 1'],
    [{ caps: [{ by: '', most: 1 }] }, 'rules.caps[0].by: found "", wanted the name of an attribute'],
    [{ diversity: 1.5 }, 'rules.diversity: found 1.5, wanted a number from 0 to 1'],
    [{ diversity: NaN }, 'rules.diversity: found NaN'],
  ])('refuses %j', async (rules, message) => {
    const shelf = await at.open({ kv: '' });
    await expect(shelf.recommend({ rules: rules as Rules })).rejects.toThrow(message);
    await expect(shelf.recommend({ rules: rules as Rules })).rejects.toThrow(TypeError);
  });
});
