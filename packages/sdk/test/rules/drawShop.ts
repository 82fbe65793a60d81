import {
  type Artifact,
  type Item,
  packItems,
  type Query,
  toCatalogue,
  type Signals,
  SIGNALS,
  type Tables,
} from '@evershelf/model';
import * as fc from 'fast-check';
import type { Ask } from '../../src/engines/Engine.ts';
import { addItem, noItems } from '../../src/engines/mask.ts';
import { placer } from '../../src/scoring/placer.ts';
import { movedRows } from '../../src/shop/movedRows.ts';
import { type Shop, shopOf } from '../../src/shop/shop.ts';

const ROWS = 16;
const DIM = 4;

/** An item of a drawn shop without its id, and the rows that it is scored by: few, so that scores are often equal. */
export interface Drawn {
  readonly item: Omit<Item, 'id'>;
  readonly rows: readonly number[];
}

const PATHS = [['Food'], ['Food', 'Fruit'], ['Food', 'Fruit', 'Citrus'], ['Drinks'], ['Drinks', 'Tea']];
export const path = fc.constantFrom(...PATHS);
export const brand = fc.constantFrom('Ash', 'Birch', 'Cedar');
export const tag = fc.constantFrom('new', 'vegan', 'sale', 'Ash');
export const price = fc.integer({ min: 0, max: 8 }).map((half) => half / 2);
const sizes = fc.constantFrom(1, 2, '1');

export const attributes = fc.record(
  { category: path, brand, price, size: sizes, tags: fc.array(tag, { maxLength: 3 }), fair: fc.boolean() },
  { requiredKeys: [] },
);

const drawn: fc.Arbitrary<Drawn> = fc.record({
  item: attributes,
  rows: fc.uniqueArray(fc.nat(ROWS - 1), { minLength: 1, maxLength: 4 }),
});

/** Shops of which a share has the same attributes, and those items score alike: caps leave shelves open there. */
export const drawnShop: fc.Arbitrary<Drawn[]> = fc
  .record({
    items: fc.array(drawn, { minLength: 1, maxLength: 70, size: 'max' }),
    same: attributes,
    below: fc.nat(ROWS),
  })
  .map(({ items, same, below }) =>
    items.map((each) => (each.rows[0]! < below ? { ...each, item: same } : each)),
  );

const WEIGHTS = Object.fromEntries(SIGNALS.map((signal) => [signal, 1])) as unknown as Signals;

/** Ids in another order than the items, so that a tie by number is not a tie by id. */
export const idOf = (i: number): string => `item ${(i * 7919) % 1_000_003}`;

/** Tables of random numbers. */
export const TABLES = tables();

function tables(): Tables {
  let state = 7;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    rows: ROWS,
    dim: DIM,
    context: new Int8Array(ROWS * DIM),
    contextScale: new Float32Array(ROWS),
    item: Int8Array.from({ length: ROWS * DIM }, () => below(255) - 127),
    itemScale: new Float32Array(ROWS).fill(0.01),
    match: new Float32Array(ROWS),
  };
}

/** A shop of such items. */
export function shopWith(items: readonly Drawn[]): Shop {
  const artifact: Pick<Artifact, 'tables' | 'index' | 'catalogue'> & { manifest: object } = {
    manifest: { schema: [], categories: [], tableRows: ROWS },
    tables: TABLES,
    index: packItems(items.map(({ rows }) => ({ rung: 'known', rows: [...rows] }))),
    catalogue: toCatalogue(items.map(({ item }, i) => ({ id: idOf(i), ...item }) as Item)),
  };
  const shop = shopOf(artifact as unknown as Artifact);
  shop.learn(artifact.index, placer(artifact as unknown as Artifact, shop.find), movedRows);
  return shop;
}

/** A question that any item of the shop may answer but those left out. */
export function askOf(shop: Shop, k: number, leftOut: ReadonlySet<number>): Ask {
  const query: Query = {
    vector: Float32Array.from([0.5, -0.25, 0.75, 1]),
    matchRows: new Uint32Array(0),
    matchValues: new Float32Array(0),
    items: new Uint32Array(0),
    itemValues: new Float32Array(0),
  };
  const mask = noItems(shop.count());
  for (let i = 0; i < shop.count(); i++) if (!leftOut.has(i)) addItem(mask, i);
  return { query, prior: shop.prior(WEIGHTS), mask, k };
}
