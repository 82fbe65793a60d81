import type { Pairs } from './pairs.ts';
import type { Signals } from './signals.ts';

/** One thing that the shopper did, as the query sees it. */
export interface ContextItem {
  /** Position of the item in the catalogue that was trained; absent where it is not in there, and so has no edges. */
  readonly item?: number;
  /** Rows of the item, as the ladder placed it. */
  readonly rows: ArrayLike<number>;
  /** How many distinct moments of the history are later than this one, >= 0. Lines of one basket share a moment. */
  readonly age: number;
  /** Seconds since then, >= 0. */
  readonly gap: number;
  /** `view`, `cart`, `purchase`, or a kind of the shop's own; empty where it is not known. */
  readonly kind: string;
  /** What is lately taken with it; absent where nobody counted. */
  readonly pairs?: Pairs;
}

/** What this shopper had of one item of the catalogue. */
export interface PersonalItem {
  /** Position of the item in the index. */
  readonly index: number;
  /** Decayed count of the shopper's events with it, >= 0. */
  readonly frequency: number;
  /** True where one of them was in the running session. */
  readonly inSession: boolean;
}

/** How many of the latest context items a query reads. */
export const MAX_CONTEXT = 200;

/** The signals of an item that the shopper had. */
export function personalSignals(item: PersonalItem): Pick<Signals, 'frequency' | 'had' | 'session'> {
  return { frequency: Math.log1p(item.frequency), had: 1, session: item.inSession ? 1 : 0 };
}
