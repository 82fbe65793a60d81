import type { EventLog } from '../read/EventLog.ts';

/** Items of a list that are looked at. */
export const LIST_LENGTH = 20;

/** What a method recommends, whether or not it is right. */
export interface Beyond {
  /** Judged events whose first 20 items were looked at. */
  readonly lists: number;
  /** Share of the log's items that were in any of those lists. */
  readonly 'coverage@20': number;
  /** Mean -log2 of a recommended item's share of the events before the cut, in bits; higher is less known. */
  readonly novelty: number;
  /** Mean share of the items that have fewer events before the cut: 0.5 at random, 1 for best sellers alone. */
  readonly popularityBias: number;
}

/**
 * What lists of recommended items are like, against the popularity of the items in the first `cut` events.
 *
 * @param recommended lists of `LIST_LENGTH` items, or of all where there are fewer, one after the other
 */
export function beyond(log: EventLog, cut: number, recommended: Uint32Array): Beyond {
  const items = log.itemIds.length;
  const counts = new Uint32Array(items);
  for (let e = 0; e < cut; e++) counts[log.item[e]!]!++;
  // Items that had no event yet count as one event among as many more as there are items.
  const bits = Float64Array.from(counts, (count) => -Math.log2((count + 1) / (cut + items)));
  const percentile = percentiles(counts);
  const shown = new Uint8Array(items);
  let novelty = 0;
  let bias = 0;
  for (const item of recommended) {
    shown[item] = 1;
    novelty += bits[item]!;
    bias += percentile[item]!;
  }
  const slots = Math.max(1, recommended.length);
  return {
    lists: recommended.length / Math.min(LIST_LENGTH, items),
    'coverage@20': shown.reduce((sum, each) => sum + each, 0) / items,
    novelty: novelty / slots,
    popularityBias: bias / slots,
  };
}

/** The share of values below each value, half of its equals counted. */
function percentiles(values: Uint32Array): Float64Array {
  const sorted = values.slice().sort();
  const share = new Map<number, number>();
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    share.set(sorted[from]!, (from + to) / 2 / sorted.length);
    from = to;
  }
  return Float64Array.from(values, (value) => share.get(value)!);
}
