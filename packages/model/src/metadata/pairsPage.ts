import { MAX_PAIRS } from '../pairs.ts';

/** An item that was taken with another one, and the decayed count of it. */
export type PairCount = readonly [id: string, count: number];

/** What was lately taken with an item, the strongest first, at most `MAX_PAIRS`. */
export interface StoredPairs {
  readonly id: string;
  readonly pairs: readonly PairCount[];
}

/** Answer of `GET /v1/pairs/N`: the items whose hash falls in page N and that something was lately taken with, sorted by id. */
export interface PairsAnswer {
  readonly page: number;
  readonly items: readonly StoredPairs[];
}

/** Digits of a count that an answer has, and the least count that it names. */
const DIGITS = 3;
const LEAST = 0.05;

/** The pairs of an item as an answer names them: the strongest, rounded; equal ones in the order given. */
export function servedPairs(counts: readonly PairCount[]): PairCount[] {
  return counts
    .filter(([, count]) => count >= LEAST)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MAX_PAIRS)
    .map(([id, count]) => [id, Number(count.toPrecision(DIGITS))]);
}
