import { contextWeight } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { topIndices } from '../train/topIndices.ts';
import type { Method } from './Method.ts';
import { type PushDown, pushDown } from './pushDown.ts';

/** Neighbours kept for an item. */
const NEIGHBOURS = 300;

interface Neighbours {
  readonly items: Uint32Array;
  readonly similarity: Float32Array;
}

/** Who goes with whom in a log's first `until` events, worked out for an item when first asked. */
export type Similarities = (item: number) => Neighbours;

export interface SimilarityOptions {
  /** What two items share: a session, or the whole history of a sequence. */
  readonly within: 'session' | 'history';
  /** A session or history of n items counts as n^-damping. */
  readonly damping: number;
  /** Exponent of a neighbour's own events: 0.5 makes the cosine, less lets what sells well through. */
  readonly power: number;
}

/**
 * Similarity of item i to item j by the sessions (or histories) s that they share (Deshpande and Karypis 2004):
 * sum_s w(s) [i, j in s] / (n(j)^0.5 x n(i)^power) with n(i) = sum_s w(s) [i in s].
 */
export function similarities(
  log: EventLog,
  until: number,
  { within, damping, power }: SimilarityOptions,
): Similarities {
  const items = log.itemIds.length;
  const shared = within === 'session' ? log.session : log.sequence;
  const bySession = groups(shared, log.item, until);
  const byItem = groups(log.item, shared, until, items);
  const weights = Float64Array.from(
    { length: bySession.start.length - 1 },
    (_, session) => Math.max(1, bySession.start[session + 1]! - bySession.start[session]!) ** -damping,
  );
  const sizes = new Float64Array(items);
  for (let e = 0; e < until; e++) sizes[log.item[e]!] = sizes[log.item[e]!]! + weights[shared[e]!]!;
  const together = new Float64Array(items);
  const cache = new Map<number, Neighbours>();
  return (item) => {
    const cached = cache.get(item);
    if (cached !== undefined) return cached;
    together.fill(0);
    for (let k = byItem.start[item]!; k < byItem.start[item + 1]!; k++) {
      const session = byItem.values[k]!;
      for (let s = bySession.start[session]!; s < bySession.start[session + 1]!; s++) {
        const other = bySession.values[s]!;
        together[other] = together[other]! + weights[session]!;
      }
    }
    for (let i = 0; i < items; i++) {
      if (together[i]! > 0) together[i] = together[i]! / (sizes[item]! ** 0.5 * sizes[i]! ** power);
    }
    const best = topIndices(together, NEIGHBOURS).filter((i) => together[i]! > 0);
    const neighbours = { items: best, similarity: Float32Array.from(best, (i) => together[i]!) };
    cache.set(item, neighbours);
    return neighbours;
  };
}

/** The values of each key, in order: those of key k are values[start[k]] to values[start[k + 1] - 1]. */
function groups(
  keys: Uint32Array,
  values: Uint32Array,
  until: number,
  least = 0,
): { start: Uint32Array; values: Uint32Array } {
  let most = least;
  for (let e = 0; e < until; e++) most = Math.max(most, keys[e]! + 1);
  const start = new Uint32Array(most + 1);
  for (let e = 0; e < until; e++) start[keys[e]! + 1]!++;
  for (let k = 0; k < most; k++) start[k + 1] = start[k + 1]! + start[k]!;
  const grouped = new Uint32Array(until);
  const at = start.slice();
  for (let e = 0; e < until; e++) grouped[at[keys[e]!]!++] = values[e]!;
  return { start, values: grouped };
}

export interface ItemKnnOptions {
  /** Latest events of a history that vote. */
  readonly context: number;
  /** Weight that a vote loses with each later moment. */
  readonly decay: number;
  readonly push: PushDown;
}

/** Far below any similarity that counts. */
const TIE_BREAK = 1e-9;

/** Ranks items by their decayed similarity to the latest items of the history; ties by popularity. */
export function itemKnn(
  log: EventLog,
  until: number,
  similar: Similarities,
  { context, decay, push }: ItemKnnOptions,
): Method {
  const ties = new Float32Array(log.itemIds.length);
  for (let e = 0; e < until; e++) ties[log.item[e]!] = ties[log.item[e]!]! + TIE_BREAK;
  return {
    observe() {},
    score(moment, out) {
      out.set(ties);
      for (const { item, age } of moment.histories.latest(moment.sequence, context)) {
        const { items, similarity } = similar(item);
        const weight = contextWeight(age, decay);
        for (let k = 0; k < items.length; k++) out[items[k]!] = out[items[k]!]! + weight * similarity[k]!;
      }
      pushDown(push, moment, out);
    },
  };
}
