import { type ItemIndex, type Query, referenceScores, scoreTolerance, type Tables } from '@evershelf/model';
import * as fc from 'fast-check';
import type { Ask, Engine, Ranked, Scorable } from '../../src/engines/Engine.ts';
import { addItem, allItems, hasItem, noItems } from '../../src/engines/mask.ts';

/** A shop and some questions, drawn from a seed. */
interface Case {
  readonly name: string;
  readonly rows: number;
  readonly dim: number;
  readonly items: number;
  readonly k: number;
  /** How many questions come at once, each with a k, a mask and every other one with a prior of its own; default 1. */
  readonly contexts?: number;
  /** Every how many items one is an exact copy of the first: equal scores, to be ordered by id. */
  readonly copies?: number;
  /** Share of the items that may come back; default all. */
  readonly kept?: number;
  /** Nothing known of the shopper. */
  readonly stranger?: boolean;
  /** Scores below zero. */
  readonly negative?: boolean;
  /** Some rows are far above the others, and so are some questions. */
  readonly uneven?: boolean;
  /** No row is the context's and an item's. */
  readonly unmatched?: boolean;
  /** What rows, questions and what items have of themselves are multiplied by. */
  readonly size?: number;
  /** All that an item has is 0, or -0 every other time. */
  readonly zeros?: boolean;
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
  { name: 'a card each of a page', rows: 4096, dim: 32, items: 20_000, k: 8, contexts: 48, kept: 0.8 },
  { name: 'some shelves of a large shop', rows: 4096, dim: 16, items: 100_000, k: 20, contexts: 5 },
  { name: 'a table of more than 65,536 rows', rows: 131_072, dim: 8, items: 20_000, k: 20, contexts: 3 },
  { name: 'fewer items than rows', rows: 16_384, dim: 32, items: 5000, k: 30, contexts: 10, kept: 0.9 },
  {
    name: 'fewer items than rows, and none of them matched',
    rows: 16_384,
    dim: 28,
    items: 6000,
    k: 30,
    contexts: 12,
    unmatched: true,
  },
  {
    name: 'unequal rows and questions',
    rows: 4096,
    dim: 32,
    items: 20_000,
    k: 20,
    contexts: 17,
    uneven: true,
  },
  {
    name: 'fewer items than unequal rows',
    rows: 16_384,
    dim: 32,
    items: 5000,
    k: 20,
    contexts: 9,
    uneven: true,
  },
  {
    name: 'numbers that single precision has few digits for',
    rows: 256,
    dim: 16,
    items: 2000,
    k: 40,
    contexts: 3,
    size: 1e-21,
  },
  {
    name: 'zeros of either sign',
    rows: 64,
    dim: 4,
    items: 700,
    k: 300,
    contexts: 2,
    stranger: true,
    zeros: true,
  },
  { name: 'no question', rows: 64, dim: 4, items: 10, k: 3, contexts: 0 },
];

/** Shapes that nobody thought of. */
const SHAPES = fc.record({
  rows: fc.integer({ min: 1, max: 10 }).map((bits) => 2 ** bits),
  dim: fc.integer({ min: 1, max: 16 }).map((words) => 4 * words),
  items: fc.integer({ min: 0, max: 3000 }),
  k: fc.integer({ min: 1, max: 1000 }),
  contexts: fc.integer({ min: 0, max: 6 }),
  copies: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  kept: fc.constantFrom(0, 0.01, 0.5, 1),
  stranger: fc.boolean(),
  negative: fc.boolean(),
});

/**
 * What is wrong with an engine, in sentences; nothing where it ranks as the reference scorer does.
 *
 * @param largest items of a shop that is tried; default any
 */
export async function engineFailures(engine: Engine, largest = Infinity): Promise<string[]> {
  const failures: string[] = [];
  for (const each of CASES.filter(({ items }) => items <= largest))
    failures.push(...(await failuresOf(engine, each)).map((what) => `${each.name}: ${what}`));
  const property = fc.asyncProperty(SHAPES, async ({ copies, ...shape }) => {
    const [first] = await failuresOf(engine, {
      name: 'drawn',
      ...shape,
      ...(copies === undefined ? {} : { copies }),
    });
    if (first !== undefined) throw new Error(first);
  });
  const shapes = await fc.check(property, { numRuns: 30, seed: 1 });
  if (shapes.failed)
    failures.push(`${JSON.stringify(shapes.counterexample)}: ${String(shapes.errorInstance)}`);
  for (const name of ['a shop of some thousands', 'some shelves of a large shop']) {
    const each = CASES.find((known) => known.name === name)!;
    if (each.items <= largest) failures.push(...(await growingFailures(engine, each)));
  }
  const { shop, asks } = shopOf(CASES[6]!);
  engine.load(shop);
  const [alone] = await engine.topK(asks);
  const together = await Promise.all([1, 2, 3].map(() => engine.topK(asks)));
  for (const [again] of together) {
    if (again!.items.join() !== alone!.items.join())
      failures.push('questions asked at once disturb each other');
    if (bitsOf(again!) !== bitsOf(alone!)) failures.push('the same question has other bits the next time');
  }
  return failures;
}

function bitsOf({ scores }: Ranked): string {
  return new Uint32Array(scores.slice().buffer).join();
}

async function failuresOf(engine: Engine, each: Case): Promise<string[]> {
  const failures: string[] = [];
  const { shop, asks } = shopOf(each);
  engine.load(shop);
  const judge = async (asked: readonly Ask[], when: string): Promise<void> => {
    const answers = await engine.topK(asked);
    if (answers.length !== asked.length)
      failures.push(`found ${answers.length} answers, wanted ${asked.length}`);
    answers.forEach((ranked, a) =>
      check(shop, asked[a]!, ranked, (what) => failures.push(`${when}question ${a}: ${what}`)),
    );
  };
  await judge(asks, '');
  // The counters move on; the tables and the index stay the same arrays.
  const priors = new Map(asks.map(({ prior }) => [prior, prior.map((value) => 3 - value)]));
  await judge(
    asks.map((ask) => ({ ...ask, prior: priors.get(ask.prior)! })),
    'after a change of the prior, ',
  );
  return failures;
}

/** A shop that items come to: few, which there may be room for, and as many again. */
async function growingFailures(engine: Engine, each: Case): Promise<string[]> {
  const failures: string[] = [];
  const all = shopOf(each);
  const shop = { ...all.shop, lineage: {} };
  const counts = [0.4, 0.4001, 0.5, 1, 0.4].map((share) => Math.ceil(share * each.items));
  for (const count of counts) {
    const part = firstItems({ shop, asks: all.asks }, count);
    await engine.prepare?.(part.shop);
    engine.load(part.shop);
    (await engine.topK(part.asks)).forEach((ranked, a) =>
      check(part.shop, part.asks[a]!, ranked, (what) =>
        failures.push(`${each.name}, grown to ${count} items: question ${a}: ${what}`),
      ),
    );
  }
  return failures;
}

/** The first items of a shop, and questions that know of no others. */
function firstItems(
  { shop, asks }: { shop: Scorable; asks: readonly Ask[] },
  count: number,
): { shop: Scorable; asks: Ask[] } {
  const { offsets, rows } = shop.index;
  const priors = new Map(asks.map(({ prior }) => [prior, prior.subarray(0, count)]));
  return {
    shop: {
      ...shop,
      index: { count, offsets: offsets.subarray(0, count + 1), rows: rows.subarray(0, offsets[count]) },
    },
    asks: asks.map(({ query, prior, mask, k }) => {
      const kept = Uint32Array.from(query.items.keys()).filter((at) => query.items[at]! < count);
      const own = allItems(count);
      return {
        query: {
          ...query,
          items: kept.map((at) => query.items[at]!),
          itemValues: Float32Array.from(kept, (at) => query.itemValues[at]!),
        },
        prior: priors.get(prior)!,
        mask: own.map((word, w) => word & mask[w]!),
        k,
      };
    }),
  };
}

function check(
  shop: Scorable,
  { query, prior, mask, k }: Ask,
  { items, scores }: Ranked,
  fail: (what: string) => void,
): void {
  const reference = referenceScores(shop.tables, shop.index, prior, query);
  const { count } = shop.index;
  let kept = 0;
  for (let item = 0; item < count; item++) if (hasItem(mask, item)) kept++;
  if (items.length !== Math.min(k, kept)) {
    return fail(`found ${items.length} items, wanted ${Math.min(k, kept)}`);
  }
  if (scores.length !== items.length) fail(`found ${scores.length} scores for ${items.length} items`);
  if (new Set(items).size !== items.length) fail('found an item twice');
  items.forEach((item, place) => {
    const [found, wanted] = [scores[place]!, reference[item]!];
    if (!hasItem(mask, item)) fail(`found item ${item}, which was left out`);
    if (!(Math.abs(found - wanted) <= scoreTolerance(wanted)))
      fail(`found score ${found} of item ${item}, wanted ${wanted}`);
    if (place === 0) return;
    const [before, last] = [items[place - 1]!, scores[place - 1]!];
    if (last < found || (last === found && shop.ids.at(before)! > shop.ids.at(item)!))
      fail(`found item ${before} in front of item ${item}`);
  });
  if (items.length === 0) return;
  const chosen = new Set(items);
  const bar = reference[items.at(-1)!]!;
  const above = bar + 2 * scoreTolerance(bar);
  for (let item = 0; item < count; item++)
    if (reference[item]! > above && hasItem(mask, item) && !chosen.has(item))
      return fail(`found no item ${item}, which scores above the last one`);
}

/** The cases as they were drawn: each is asked of more than one engine, and drawing takes longer than ranking. */
const drawn = new Map<string, ReturnType<typeof draw>>();

/** What every engine gets of a case; none changes it. */
function shopOf(each: Case): ReturnType<typeof draw> {
  const key = JSON.stringify(each);
  const known = drawn.get(key) ?? draw(each);
  drawn.set(key, known);
  return known;
}

function draw({
  rows,
  dim,
  items: count,
  k,
  contexts = 1,
  copies,
  kept = 1,
  stranger = false,
  negative = false,
  uneven = false,
  unmatched = false,
  size: all = 1,
  zeros = false,
}: Case): { shop: Scorable; asks: Ask[] } {
  let state = rows * 31 + dim * 7 + count + k;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const below = (limit: number): number => Math.floor(random() * limit);
  // Typed arrays are slow to make of an iterator or a length.
  const filled = <Values extends Float32Array | Int8Array>(values: Values, make: () => number): Values => {
    for (let i = 0; i < values.length; i++) values[i] = make();
    return values;
  };
  const fill = (length: number, make: () => number): Float32Array => filled(new Float32Array(length), make);
  const tables: Tables = {
    rows,
    dim,
    context: new Int8Array(0),
    contextScale: new Float32Array(0),
    item: filled(new Int8Array(rows * dim), () => below(255) - 127),
    itemScale: fill(rows, () =>
      random() < 0.1 ? 0 : (all * random()) / (uneven && random() < 0.99 ? 3000 : 100),
    ),
    match: new Float32Array(rows),
  };
  const offsets = new Uint32Array(count + 1);
  const gathered: number[] = [];
  for (let i = 0; i < count; i++) {
    const isCopy = copies !== undefined && i > 0 && i % copies === 0;
    if (isCopy) gathered.push(...gathered.slice(0, offsets[1]));
    else
      for (let left = 1 + below(Math.min(16, rows)); left > 0; left--) {
        const row = below(rows);
        if (!gathered.includes(row, offsets[i])) gathered.push(row);
      }
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
  // Ids are in another order than the items, so that a tie by number is not a tie by id.
  const ids = Array.from({ length: count }, (_, i) => `item ${(i * 7919) % 1_000_003}`);
  const priors = [1, 2].map(() =>
    fill(count, () => {
      if (zeros) return random() < 0.5 ? 0 : -0;
      return all * all * ((copies === undefined ? random() : 0.5) - (negative ? 1000 : 0));
    }),
  );
  const asks = Array.from({ length: contexts }, (_, c): Ask => {
    const size = uneven ? 10 ** (1 - (c % 4)) : all;
    const matchRows = stranger || unmatched ? new Uint32Array(0) : distinct(40, rows);
    // Copies differ in nothing but their id, so they may not be among what the shopper had either.
    const items = stranger || copies !== undefined ? new Uint32Array(0) : distinct(30, count);
    const query: Query = {
      vector: stranger ? new Float32Array(dim) : fill(dim, () => size * (random() - 0.5)),
      matchRows,
      matchValues: fill(matchRows.length, () => all * all * random()),
      items,
      itemValues: fill(items.length, () => all * all * (random() * 8 - 4)),
    };
    const mask = noItems(count);
    for (let i = 0; i < count; i++) if (random() < kept) addItem(mask, i);
    return { query, prior: priors[c % 2]!, mask, k: Math.max(1, k - c) };
  });
  return { shop: { tables, index, ids }, asks };
}
