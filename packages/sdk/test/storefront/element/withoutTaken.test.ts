import { describe, expect, it } from 'vitest';
import { withoutTaken } from '../../../src/storefront/element/withoutTaken.ts';
import type { Recommendation } from '../../../src/types.ts';

const answerOf = (...ids: string[]): Recommendation => ({
  // An id in capitals is pinned.
  items: ids.map((id) => ({
    item: { id },
    score: 1,
    rung: 'known',
    freshness: 'fresh',
    ...(id === id.toUpperCase() ? { pinned: true as const } : {}),
  })),
  engine: 'cpu',
  milliseconds: 1,
  model: 'm',
  complete: true,
  revision: 0,
});
const left = (
  taken: string[],
  answer: Recommendation,
  options: Parameters<typeof withoutTaken>[2],
): string[] => withoutTaken(new Set(taken), answer, options).items.map(({ item }) => item.id);

describe('an answer without what other shelves show', () => {
  it('is the best of what is left, as many as were asked for', () => {
    expect(left(['a', 'c'], answerOf('a', 'b', 'c', 'd', 'e'), { k: 2 })).toEqual(['b', 'd']);
    expect(left([], answerOf('a', 'b', 'c'), { k: 2 })).toEqual(['a', 'b']);
    expect(left(['a'], answerOf('a', 'b'), { k: 2 })).toEqual(['b']);
  });

  it('has what is pinned at its place, whoever else shows it', () => {
    const rules = {
      pins: [
        { item: 'P', place: 1 },
        { item: 'Q', place: 3 },
      ],
    };
    expect(left(['a', 'P'], answerOf('P', 'a', 'Q', 'b', 'c', 'd'), { k: 4, rules })).toEqual([
      'P',
      'b',
      'Q',
      'c',
    ]);
  });

  it('has a pin at its end where the shelf is not that long', () => {
    const rules = { pins: [{ item: 'P', place: 4 }] };
    expect(left(['a', 'b'], answerOf('a', 'b', 'c', 'P'), { k: 4, rules })).toEqual(['c', 'P']);
  });
});
