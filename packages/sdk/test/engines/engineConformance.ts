import { type ItemIndex, type Query, referenceScores, scoreTolerance, type Tables } from '@evershelf/model';
import type { Engine, Scorable } from '../../src/engines/Engine.ts';

/** A shop and a question, drawn from a seed. */
interface Case {
  readonly name: string;
  readonly rows: number;
  readonly dim: number;
  readonly items: number;
  readonly k: number;
  /** Every how many items one is an exact copy of the first: equal scores, to be ordered by id. */
  readonly copies?: number;
  /** Share of the items that may come back; default all. */
  readonly kept?: number;
  /** Nothing known of the shopper. */
  readonly stranger?: boolean;
  /** Scores below zero. */
  readonly negative?: boolean;
}

const CASES: readonly Case[] = [
  { name: 'a small shop', rows: 64, dim: 4, items: 10, k: 3 },
  { name: 'more asked for than there is', rows: 64, dim: 8, items: 5, k: 100 },
  { name: 'one item', rows: 4, dim: 4, items: 1, k: 1 },
  { name: 'no item at all', rows: 4, dim: 4, items: 0, k: 5 },
  { name: 'nothing that may come back', rows: 64, dim: 4, items: 20, k: 5, kept: 0 },
  { name: 'a stranger', rows: 1024, dim: 32, items: 3000, k: 20, stranger: true },
  { name: 'a shop of some thousands', rows: 16_384, dim: 32, items: 20_000, k: 50, kept: 0.6 },
  { name: 'many equal scores', rows: 1024, dim: 32, items: 5000, k: 1000, copies: 2 },
  { name: 'negative scores', rows: 256, dim: 64, items: 2000, k: 1000, negative: true },
  { name: 'a large shop', rows: 65_536, dim: 64, items: 300_001, k: 50, kept: 0.9 },
  { name: 'a large shop with more asked for', rows: 4096, dim: 16, items: 300_000, k: 1000 },
  {
    name: 'a large shop, nearly all of it left out',
    rows: 4096,
    dim: 16,
    items: 100_000,
    k: 500,
    kept: 0.001,
  },
  { name: 'a large shop of equal scores', rows: 4096, dim: 16, items: 100_000, k: 300, copies: 1 },
];

/** What is wrong with an engine, in sentences; nothing where it ranks as the reference scorer does. */
export async function engineFailures(engine: Engine): Promise<string[]> {
  const failures: string[] = [];
  for (const each of CASES) {
    const { shop, query, mask } = draw(each);
    const fail = (what: string): void => void failures.push(`${each.name}: ${what}`);
    engine.load(shop);
    await check(engine, shop, query, mask, each.k, fail);
    // The counters move on; the tables and the index stay the same arrays.
    const later: Scorable = { ...shop, prior: shop.prior.map((value) => 3 - value) };
    engine.load(later);
    await check(engine, later, query, mask, each.k, (what) => fail(`after a change of the prior, ${what}`));
  }
  const { shop, query, mask } = draw(CASES[6]!);
  engine.load(shop);
  const alone = await engine.topK(query, { k: 20, mask });
  const together = await Promise.all([1, 2, 3].map(() => engine.topK(query, { k: 20, mask })));
  for (const { items } of together)
    if (items.join() !== alone.items.join()) failures.push('questions asked at once disturb each other');
  return failures;
}

async function check(
  engine: Engine,
  shop: Scorable,
  query: Query,
  mask: Uint8Array,
  k: number,
  fail: (what: string) => void,
): Promise<void> {
  const { items, scores } = await engine.topK(query, { k, mask });
  const reference = referenceScores(shop.tables, shop.index, shop.prior, query);
  const kept = Array.from(mask.keys()).filter((i) => mask[i] === 1);
  if (items.length !== Math.min(k, kept.length)) {
    return fail(`found ${items.length} items, wanted ${Math.min(k, kept.length)}`);
  }
  if (scores.length !== items.length) fail(`found ${scores.length} scores for ${items.length} items`);
  if (new Set(items).size !== items.length) fail('found an item twice');
  items.forEach((item, place) => {
    const [found, wanted] = [scores[place]!, reference[item]!];
    if (mask[item] !== 1) fail(`found item ${item}, which was left out`);
    if (!(Math.abs(found - wanted) <= scoreTolerance(wanted)))
      fail(`found score ${found} of item ${item}, wanted ${wanted}`);
    if (place === 0) return;
    const [before, last] = [items[place - 1]!, scores[place - 1]!];
    if (last < found || (last === found && shop.ids[before]! > shop.ids[item]!))
      fail(`found item ${before} in front of item ${item}`);
  });
  if (items.length === 0) return;
  const chosen = new Set(items);
  const bar = reference[items.at(-1)!]!;
  for (const item of kept) {
    if (!chosen.has(item) && reference[item]! > bar + 2 * scoreTolerance(bar))
      return fail(`found no item ${item}, which scores above the last one`);
  }
}

function draw({ rows, dim, items: count, k, copies, kept = 1, stranger = false, negative = false }: Case): {
  shop: Scorable;
  query: Query;
  mask: Uint8Array;
} {
  let state = rows * 31 + dim * 7 + count + k;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const below = (limit: number): number => Math.floor(random() * limit);
  const fill = (length: number, make: () => number): Float32Array => Float32Array.from({ length }, make);
  const tables: Tables = {
    rows,
    dim,
    context: new Int8Array(0),
    contextScale: new Float32Array(0),
    item: Int8Array.from({ length: rows * dim }, () => below(255) - 127),
    itemScale: fill(rows, () => (random() < 0.1 ? 0 : random() / 100)),
    match: new Float32Array(rows),
  };
  const offsets = new Uint32Array(count + 1);
  const gathered: number[] = [];
  for (let i = 0; i < count; i++) {
    const isCopy = copies !== undefined && i > 0 && i % copies === 0;
    const own = isCopy
      ? gathered.slice(0, offsets[1])
      : Array.from({ length: 1 + below(Math.min(16, rows)) }, () => below(rows));
    gathered.push(...new Set(own));
    offsets[i + 1] = gathered.length;
  }
  const index: ItemIndex = {
    count,
    offsets,
    rows: Uint32Array.from(gathered),
    rung: new Uint8Array(count),
    live: new Uint8Array(3 * count),
  };
  const distinct = (most: number, limit: number): Uint32Array =>
    Uint32Array.from(new Set(Array.from({ length: Math.min(most, limit) }, () => below(limit))));
  const matchRows = stranger ? new Uint32Array(0) : distinct(40, rows);
  // Copies differ in nothing but their id, so they may not be among what the shopper had either.
  const items = stranger || copies !== undefined ? new Uint32Array(0) : distinct(30, count);
  const query: Query = {
    vector: stranger ? new Float32Array(dim) : fill(dim, () => random() - 0.5),
    matchRows,
    matchValues: fill(matchRows.length, random),
    items,
    itemValues: fill(items.length, () => random() * 8 - 4),
  };
  const prior = fill(count, () => (copies === undefined ? random() : 0.5) - (negative ? 1000 : 0));
  // Ids are in another order than the items, so that a tie by number is not a tie by id.
  const ids = Array.from({ length: count }, (_, i) => `item ${(i * 7919) % 1_000_003}`);
  const mask = Uint8Array.from({ length: count }, () => (random() < kept ? 1 : 0));
  return { shop: { tables, index, prior, ids }, query, mask };
}
