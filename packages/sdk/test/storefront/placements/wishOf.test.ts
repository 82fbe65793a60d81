import { describe, expect, it } from 'vitest';
import type { Item } from '@evershelf/model';
import type { Rules } from '../../../src/index.ts';
import type { PlacementOptions } from '../../../src/storefront/Storefront.ts';
import { wishOf, type WishSources } from '../../../src/storefront/placements/wishOf.ts';

const ITEMS: Item[] = [
  { id: 'hat', title: 'Red wool hat' },
  { id: 'scarf', title: 'Wool scarf' },
  { id: 'cup', title: 'Cup' },
];
const shelf: WishSources['shelf'] = {
  items: () => ITEMS,
  item: (id) => ITEMS.find((each) => each.id === id),
  on: () => () => {},
};

const wish = (
  attributes: Record<string, string>,
  {
    configured = {},
    ...sources
  }: Partial<Omit<WishSources, 'configured'>> & { configured?: PlacementOptions } = {},
) =>
  wishOf({
    text: (name) => attributes[name],
    page: {},
    path: '/',
    configured: () => configured,
    shelf,
    seen: new Map(),
    nothingIn: undefined,
    ...sources,
  });
const asked = async (...args: Parameters<typeof wish>) => (await wish(...args)).optionsOf({});

/** Rules that all placements have, and others beside them. */
const and = (rules: Rules = {}): Rules => ({ caps: [{ by: 'title', most: 1 }], ...rules });

describe('what a placement asks for', () => {
  it('home: whatever comes next', async () => {
    expect(await asked({})).toEqual({ k: 8, intent: 'mixed', exclude: [], rules: and() });
  });

  it('is the placement of the page, where the element does not say', async () => {
    expect(await wish({}, { page: { placement: 'cart' } })).toMatchObject({ placement: 'cart' });
    expect(await wish({ placement: 'home' }, { page: { placement: 'cart' } })).toMatchObject({
      placement: 'home',
    });
  });

  it('has what the page alone knows among the others', async () => {
    const candidates = [{ id: 'new', category: ['Hats'] }];
    expect(await asked({}, { page: { candidates } })).toMatchObject({ candidates });
  });

  it('product: what is new to the shopper and goes with the product', async () => {
    const page = { product: ITEMS[0]!, cart: [ITEMS[2]!] };
    const wanted = { k: 8, intent: 'discover', exclude: ['cup'], context: ITEMS[0], rules: and() };
    expect(await asked({ placement: 'product' }, { page })).toEqual(wanted);
    expect(await asked({ placement: 'product', item: 'scarf' }, { page })).toMatchObject({
      context: ITEMS[1],
    });
    expect(await asked({ placement: 'product', item: 'new' }, { page })).toMatchObject({
      context: { id: 'new' },
    });
  });

  it('category: its items, also where the path of the page begins before the shop', async () => {
    const within = { category: { in: [['Home', 'Hats'], ['Hats']] } };
    const found = await wish({ placement: 'category' }, { page: { category: ['Home', 'Hats'] } });
    expect(found.optionsOf({})).toMatchObject({ rules: { where: within } });
    expect(found.category).toEqual(['Home', 'Hats']);
    for (const category of ['Home > Hats', '["Home", "Hats"]'])
      expect(await asked({ placement: 'category', category })).toMatchObject({ rules: { where: within } });
  });

  it('category: all of the shop, where that has nothing in it', async () => {
    const page = { category: ['Hats'] };
    const found = await wish({ placement: 'category' }, { page, nothingIn: ['Hats'] });
    expect(found.optionsOf({}).rules).toEqual(and());
    expect(found.category).toBeUndefined();
    expect((await wish({ placement: 'category' }, { page, nothingIn: ['Shoes'] })).category).toEqual([
      'Hats',
    ]);
  });

  it('cart: what goes with what was put into it last, and is not in it', async () => {
    const page = { cart: [ITEMS[0]!, ITEMS[1]!] };
    const wanted = { k: 8, intent: 'mixed', exclude: ['hat', 'scarf'], context: ITEMS[1], rules: and() };
    expect(await asked({ placement: 'cart' }, { page })).toEqual(wanted);
    expect(await asked({ placement: 'cart' })).toEqual({ k: 8, intent: 'mixed', exclude: [], rules: and() });
  });

  it('search: titles that share words with the search, before all others', async () => {
    const found = await wish({ placement: 'search', query: 'wolo hat XL' });
    expect(found.matches).toEqual(new Map([['hat', 'hat']]));
    const { rules } = found.optionsOf({});
    expect(rules).toEqual(and({ boosts: [{ where: { id: { in: ['hat'] } }, by: 100 }] }));
    expect([found.aside('hat'), found.aside('cup')]).toEqual([100, 0]);
  });

  it('missing: what goes with the product that the address names, else titles that share its words', async () => {
    expect(await asked({ placement: 'missing' }, { path: '/p/scarf' })).toMatchObject({ context: ITEMS[1] });
    const found = await wish({ placement: 'missing' }, { path: '/products/red-wool%20hat-2019.html' });
    expect(found.matches).toEqual(new Map([['hat', 'Red wool hat']]));
    expect(await asked({ placement: 'missing' }, { path: '/%E0%A4%A' })).toEqual({
      k: 8,
      intent: 'mixed',
      exclude: [],
      rules: and(),
    });
  });
});

describe('who wins', () => {
  const configured: PlacementOptions = {
    intent: 'again',
    count: 4,
    rules: { where: { price: { to: 9 } }, diversity: 0.1 },
  };

  it("the shop's configuration over the placement, the element over both, a variant over all", async () => {
    expect(await asked({}, { configured })).toEqual({
      k: 4,
      intent: 'again',
      exclude: [],
      rules: and(configured.rules),
    });
    const found = await wish({ intent: 'discover', count: '6', price: '..5' }, { configured });
    expect(found.optionsOf({})).toMatchObject({
      k: 6,
      intent: 'discover',
      rules: { where: { price: { to: 5 } }, diversity: 0.1 },
    });
    expect(found.optionsOf({ intent: 'mixed', count: 2, rules: { diversity: 0.9 } })).toMatchObject({
      k: 2,
      intent: 'mixed',
      rules: { where: { price: { to: 5 } }, diversity: 0.9 },
    });
  });

  it.each([
    [
      'placement',
      'hom',
      'placement: found "hom", wanted one of home, category, product, cart, search, missing; it is left out',
    ],
    ['count', '0', 'count: found "0", wanted a whole number from 1 to 100; it is left out'],
    ['count', 'eight', 'count: found "eight", wanted a whole number from 1 to 100; it is left out'],
    ['intent', 'new', 'intent: found "new", wanted one of mixed, discover, again; it is left out'],
    ['fatigue', '-1', 'fatigue: found "-1", wanted a number from 0 to 100; it is left out'],
  ])('not an element that says %s="%s"', async (attribute, text, message) => {
    const { problems, optionsOf } = await wish({ [attribute]: text });
    expect(problems).toEqual([{ attribute, message }]);
    expect(optionsOf({})).toEqual({ k: 8, intent: 'mixed', exclude: [], rules: and() });
  });
});

describe('items that were seen often', () => {
  const seen = new Map([['cup', 5]]);
  it('are lowered, by as much as the element says', async () => {
    const boosts = (by: number) => ({ rules: { boosts: [{ where: { id: { in: ['cup'] } }, by }] } });
    expect(await asked({}, { seen })).toMatchObject(boosts(-0.2));
    expect(await asked({ fatigue: '1' }, { seen })).toMatchObject(boosts(-2));
    expect(await asked({ fatigue: 'off' }, { seen })).toMatchObject({ rules: and() });
  });
  it('are what the shelf is about no less: its subject is the same', async () => {
    expect((await wish({}, { seen })).subject).toBe((await wish({})).subject);
  });
});
