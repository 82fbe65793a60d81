import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chancesOnShelf } from '../../../src/storefront/experiments/teamDraft.ts';
import { planOf } from '../../../src/storefront/experiments/planOf.ts';
import type { Bucket } from '../../../src/storefront/experiments/Bucket.ts';
import type { Experiment, PlacementOptions } from '../../../src/storefront/Storefront.ts';
import type { Recommendation, RecommendedItem } from '../../../src/types.ts';

const question = {
  placement: 'home' as const,
  optionsOf: ({ intent = 'mixed' as const, count = 4 }: PlacementOptions) => ({ intent, k: count }),
};
const answer = (ids: readonly string[]): Recommendation => ({
  items: ids.map((id): RecommendedItem => ({ item: { id }, score: 0, rung: 'known', freshness: 'fresh' })),
  engine: 'cpu',
  milliseconds: 1,
  model: 'm',
  complete: true,
  revision: 0,
});
const split: Experiment = {
  name: 'intents',
  placement: 'home',
  kind: 'split',
  variants: { a: { intent: 'mixed' }, b: { intent: 'discover' } },
};
const interleaved: Experiment = { ...split, kind: 'interleave' };
const buckets = (count: number): Bucket[] =>
  Array.from({ length: count }, (_, k) => ({ shopper: `shopper ${k}`, page: `page ${k}` }));
const idsOf = (cards: readonly { recommended: RecommendedItem }[]): string[] =>
  cards.map(({ recommended }) => recommended.item.id);

/** Two rankings of ids that have some in common, and the length of a shelf. */
const rankings = fc
  .tuple(
    fc.shuffledSubarray([...'abcdefghijklmn'], { maxLength: 10 }),
    fc.shuffledSubarray([...'abcdefghijklmn'], { maxLength: 10 }),
    fc.integer({ min: 1, max: 10 }),
  )
  .map(([first, second, k]) => ({ first, second, k }));

describe('a shelf without an experiment', () => {
  it('is what the placement asks for, for certain', () => {
    const plan = planOf(question, [{ ...split, placement: 'cart' }], buckets(1)[0]!);
    expect(plan.asks).toEqual([{ intent: 'mixed', k: 4 }]);
    const cards = plan.cardsOf([answer(['x', 'y'])]);
    expect(idsOf(cards)).toEqual(['x', 'y']);
    for (const card of cards) expect(card).toEqual({ recommended: card.recommended, propensity: 1 });
    expect(plan.experiment).toBeUndefined();
  });
});

describe('a split', () => {
  const shownOf = (experiment: Experiment, bucket: Bucket): string => {
    const plan = planOf(question, [experiment], bucket);
    return plan.cardsOf(plan.asks.map(() => answer(['x'])))[0]!.variant!;
  };

  it('asks for the variant of the shopper first, and shows that one', () => {
    for (const bucket of buckets(20)) {
      const plan = planOf(question, [split], bucket);
      const [first] = plan.asks;
      const cards = plan.cardsOf([answer(['x', 'y']), answer(['y', 'z'])]);
      expect(plan.experiment).toBe('intents');
      expect(idsOf(cards)).toEqual(['x', 'y']);
      expect(cards[0]!.variant).toBe(first!.intent === 'mixed' ? 'a' : 'b');
    }
  });

  it('gives each variant its share of the shoppers', () => {
    const many = buckets(20_000);
    for (const shares of [undefined, { a: 0.9, b: 0.1 }]) {
      const experiment = { ...split, ...(shares && { shares }) };
      const share = many.filter((bucket) => shownOf(experiment, bucket) === 'a').length / many.length;
      const wanted = shares?.a ?? 0.5;
      // Five standard errors.
      expect(Math.abs(share - wanted)).toBeLessThan(5 * Math.sqrt((wanted * (1 - wanted)) / many.length));
    }
  });

  it('gives a shopper the same variant again, and deals them anew for another experiment', () => {
    const many = buckets(2000);
    const first = many.map((bucket) => shownOf(split, bucket));
    expect(many.map((bucket) => shownOf(split, { ...bucket, page: 'another' }))).toEqual(first);
    const other = many.map((bucket) => shownOf({ ...split, name: 'another' }, bucket));
    const same = other.filter((variant, k) => variant === first[k]).length / many.length;
    expect(Math.abs(same - 0.5)).toBeLessThan(0.06);
  });

  it('says how probable it is that an item is on the shelf, by whichever variant', () => {
    const experiment: Experiment = {
      ...split,
      variants: { a: { intent: 'mixed' }, b: { intent: 'discover' }, c: { intent: 'again' } },
      shares: { a: 0.5, b: 0.3, c: 0.2 },
    };
    const shelves: Record<string, string[]> = { mixed: ['x', 'y'], discover: ['y', 'z'], again: ['y', 'x'] };
    for (const bucket of buckets(20)) {
      const plan = planOf(question, [experiment], bucket);
      for (const { recommended, propensity } of plan.cardsOf(
        plan.asks.map(({ intent }) => answer(shelves[intent!]!)),
      ))
        expect(propensity).toBe({ x: 0.7, y: 1, z: 0.3 }[recommended.item.id]);
    }
  });
});

describe('an interleaving', () => {
  const cardsOf = (first: readonly string[], second: readonly string[], k: number, bucket: Bucket) => {
    const optionsOf = ({ intent }: PlacementOptions) => ({ ...(intent && { intent }), k });
    const plan = planOf({ placement: 'home', optionsOf }, [interleaved], bucket);
    expect(plan.asks.map(({ intent }) => intent)).toEqual(['mixed', 'discover']);
    return plan.cardsOf([answer(first), answer(second)]);
  };

  it('fills the shelf with items of either, none twice, in the order of who chose them', () => {
    fc.assert(
      fc.property(rankings, fc.string(), ({ first, second, k }, page) => {
        const cards = cardsOf(first, second, k, { shopper: '', page });
        const ids = idsOf(cards);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toHaveLength(Math.min(k, new Set([...first, ...second]).size));
        for (const [variant, ranking] of [['a', first] as const, ['b', second] as const]) {
          const chosen = idsOf(cards.filter((card) => card.variant === variant));
          expect(chosen).toEqual(ranking.filter((id) => chosen.includes(id)));
        }
      }),
    );
  });

  it('lets both choose as often, but for one, where both have enough', () => {
    fc.assert(
      fc.property(rankings, fc.string(), ({ first, second, k }, page) => {
        fc.pre(first.length >= k && second.length >= k);
        const cards = cardsOf(first, second, k, { shopper: '', page });
        const teams = ['a', 'b'].map((name) => cards.filter(({ variant }) => variant === name).length);
        expect(Math.abs(teams[0]! - teams[1]!)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is the same for the same page, and another for others', () => {
    const [first, second] = [[...'abcdef'], [...'ghijkl']];
    const of = (page: string): string => idsOf(cardsOf(first, second, 6, { shopper: '', page })).join('');
    expect(of('page 1')).toBe(of('page 1'));
    expect(new Set(buckets(50).map(({ page }) => of(page))).size).toBe(8);
  });

  it('has propensities that are the shares of its coins, and as many as the shelf has items together', () => {
    fc.assert(
      fc.property(rankings, ({ first, second, k }) => {
        const chances = chancesOnShelf([first, second], k);
        const played = byAllCoins(first, second, k);
        expect(new Set(chances.keys())).toEqual(new Set(played.keys()));
        for (const [id, chance] of chances) expect(played.get(id)).toBeCloseTo(chance, 10);
        const sum = [...chances.values()].reduce((sum, chance) => sum + chance, 0);
        expect(sum).toBeCloseTo(Math.min(k, new Set([...first, ...second]).size), 10);
      }),
      { numRuns: 60 },
    );
  });

  it('has propensities as often as items are shown', () => {
    const [first, second, k] = [[...'abcdefgh'], [...'cbxyadzw'], 5] as const;
    const shown = new Map<string, number>();
    const said = new Map<string, number>();
    const pages = buckets(20_000);
    for (const bucket of pages)
      for (const { recommended, propensity } of cardsOf(first, second, k, bucket)) {
        const { id } = recommended.item;
        shown.set(id, (shown.get(id) ?? 0) + 1);
        said.set(id, propensity);
      }
    for (const [id, count] of shown) {
      const p = said.get(id)!;
      const error = Math.sqrt((p * (1 - p)) / pages.length);
      expect(Math.abs(count / pages.length - p), id).toBeLessThanOrEqual(5 * error);
    }
  });

  /** Plays every row of coins by the published rule: the smaller team chooses, and a coin where both are as large. */
  function byAllCoins(first: readonly string[], second: readonly string[], k: number): Map<string, number> {
    const chances = new Map<string, number>();
    const play = (shelf: readonly string[], a: number, b: number, chance: number): void => {
      const next = [first, second].map((ranking) => ranking.find((id) => !shelf.includes(id)));
      const ended = shelf.length === k || (next[0] === undefined && next[1] === undefined);
      if (ended) return shelf.forEach((id) => chances.set(id, (chances.get(id) ?? 0) + chance));
      const left = next[0] === undefined ? 1 : next[1] === undefined ? 0 : undefined;
      const teams = left !== undefined ? [left] : a < b ? [0] : b < a ? [1] : [0, 1];
      for (const team of teams)
        play([...shelf, next[team]!], a + Number(team === 0), b + Number(team === 1), chance / teams.length);
    };
    play([], 0, 0, 1);
    return chances;
  }
});
