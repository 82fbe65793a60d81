import type { Item, Signals } from '@evershelf/model';
import { SIGNALS } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { areAlike } from '../../../src/storefront/placements/areAlike.ts';
import { type WhyAsked, whyOf } from '../../../src/storefront/placements/whyOf.ts';
import type { RecommendedItem, ScoreExplanation } from '../../../src/types.ts';

const item = { id: 'a', title: 'Milk', category: ['Grocery', 'Dairy'] };
const recommended: RecommendedItem = { item, score: 1, rung: 'known', freshness: 'fresh' };
const bread = { id: 'b', title: 'Bread' };
const butter = { id: 'u', title: 'Butter', category: ['Grocery', 'Dairy'] };
const nothing = Object.fromEntries(SIGNALS.map((signal) => [signal, 0])) as Record<keyof Signals, number>;

const explained = (
  signals: Partial<Signals>,
  history: ScoreExplanation['history'] = [],
  anyone = 0,
): ScoreExplanation => ({ item, score: 1, signals: { ...nothing, ...signals }, history, anyone });

const why = (asked: Partial<WhyAsked>) =>
  whyOf({ recommended, explanation: explained({}), boost: 0, again: false, stranger: false, ...asked });

describe('why an item is on a shelf', () => {
  it('is its pin, whatever it scores', () => {
    const pinned = { ...recommended, pinned: true as const };
    expect(why({ recommended: pinned, explanation: explained({ live20: 9 }) })).toEqual({ name: 'pinned' });
  });

  it('is that it sells, where that gave most; in a category, there', () => {
    const explanation = explained({ live1: 1, live5: 1, wide: 1.5 }, [{ item: bread, gave: 1.5 }]);
    expect(why({ explanation })).toEqual({ name: 'popular' });
    expect(why({ explanation, category: 'Dairy' })).toEqual({ name: 'popularIn', about: 'Dairy' });
  });

  it('is not that it sells where live signals take from its score together', () => {
    const explanation = explained({ live1: -2, live5: 1.9, frequency: 0.1 });
    expect(why({ explanation })).toEqual({ name: 'had' });
  });

  it('is that the shopper had it, on a shelf of what they had', () => {
    expect(why({ explanation: explained({ live20: 1 }), again: true })).toEqual({ name: 'had' });
  });

  it.each([
    ['wide', 'goesWith'],
    ['pairs', 'goesWith'],
    ['match', 'similar'],
    ['deep', 'inspired'],
  ])('by %s is what it %s of the history', (signal, name) => {
    const history = [
      { item: { id: 'c', title: 'Soap' }, gave: 0.4 },
      { item: butter, gave: 1.6 },
    ];
    expect(why({ explanation: explained({ [signal]: 2 }, history) })).toEqual({ name, about: 'Butter' });
  });

  it('is not that it is similar to what it shares neither category, brand nor a word with', () => {
    const milk = { ...item, brand: 'Meadow' };
    const about = (giver: Item) =>
      why({
        recommended: { ...recommended, item: milk },
        explanation: explained({ match: 2 }, [{ item: giver, gave: 2 }]),
      });
    for (const alike of [
      { id: 'b', title: 'Cream', category: ['Grocery', 'Dairy'] },
      { id: 'b', title: 'Cream', brand: 'meadow' },
      { id: 'b', title: 'Oat milk' },
    ])
      expect(about(alike)).toEqual({ name: 'similar', about: alike.title });
    for (const other of [
      { id: 'b', title: 'Bread' },
      { id: 'b', title: 'Crisps', category: ['Grocery', 'Snacks'], brand: 'Corner' },
      { id: 'b', title: 'Eggs', category: ['Dairy'], brand: '' },
    ])
      expect(about(other)).toEqual({ name: 'inspired', about: other.title });
  });

  it('is similar by no word that only links others, no number, and no word that is short', () => {
    const titled = (title: string) => ({ id: title, title });
    const alike = (one: string, other: string) => areAlike(titled(one), titled(other));
    expect(alike('Mug with lid', 'Lamp with cord')).toBe(false);
    expect(alike('Salt 2000 g', 'Bulb 2000 K')).toBe(false);
    expect(alike('Red hat', 'Red wine')).toBe(false);
    expect(alike('Crème torch', 'Torch of steel')).toBe(true);
    expect(alike('', '')).toBe(false);
  });

  it('is not that it goes with an item that may have given all it gave otherwise', () => {
    const history = [
      { item: butter, gave: 1.8 },
      { item: bread, gave: 1.1 },
    ];
    const explanation = explained({ wide: 1, match: 0.95, deep: 0.95 }, history);
    expect(why({ explanation })).toEqual({ name: 'inspired', about: 'Butter' });
  });

  it('names no item of the history where none gave more than all others, or anyone gets as much', () => {
    const half = [
      { item: bread, gave: 1 },
      { item: { id: 'c', title: 'Soap' }, gave: 1 },
    ];
    expect(why({ explanation: explained({ wide: 2 }, half) })).toEqual({ name: 'forYou' });
    const little = [{ item: bread, gave: 0.5 }];
    expect(why({ explanation: explained({ deep: 2 }, little, 1.5) })).toEqual({ name: 'forYou' });
  });

  it('names neither the item itself nor one without a title', () => {
    for (const other of [item, { id: 'z' }])
      expect(why({ explanation: explained({ deep: 2 }, [{ item: other, gave: 2 }]) })).toEqual({
        name: 'forYou',
      });
  });

  it('is that nobody had it yet, where the model likes that', () => {
    expect(why({ explanation: explained({ unknown: 1 }) })).toEqual({ name: 'unseen', about: 'Dairy' });
  });

  it("is the shop's boost only where that gave most", () => {
    expect(why({ explanation: explained({ live20: 1 }), boost: 2 })).toEqual({ name: 'promoted' });
    expect(why({ explanation: explained({ live20: 1 }), boost: 0.5 })).toEqual({ name: 'popular' });
    expect(why({ explanation: explained({ live20: 1 }), boost: -5 })).toEqual({ name: 'popular' });
  });

  it('is the words of its title that were searched for', () => {
    expect(why({ explanation: explained({ live20: 1 }), matches: 'Milk' })).toEqual({
      name: 'matches',
      about: 'Milk',
    });
  });

  it('is nothing where nothing speaks for it, or nobody can say', () => {
    expect(why({ explanation: explained({ session: -50 }) })).toBeUndefined();
    expect(why({ explanation: undefined })).toBeUndefined();
  });

  it('is what sells on a shelf for a stranger that has no more than that to go by', () => {
    expect(why({ explanation: undefined, stranger: true })).toEqual({ name: 'popular' });
    const unsold = { ...recommended, score: 0 };
    expect(why({ recommended: unsold, explanation: undefined, stranger: true })).toBeUndefined();
  });
});
