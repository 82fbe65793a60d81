import type { EventLog } from '../read/EventLog.ts';
import { topIndices } from '../train/topIndices.ts';
import { contextItems, type ContextOptions } from './contextItems.ts';
import { groups } from '../read/groups.ts';
import type { Method } from './Method.ts';
import type { Within } from './Within.ts';

/** Neighbours kept for an item. */
const NEIGHBOURS = 300;
/** Events of an item's latest sessions (or histories) that are looked at for its neighbours. */
const LOOKED_AT = 30_000;

interface Neighbours {
  readonly items: Uint32Array;
  readonly similarity: Float32Array;
}

/** Who goes with whom in a log's first `until` events, worked out for an item when first asked. */
export type Similarities = (item: number) => Neighbours;

export interface SimilarityOptions {
  readonly within: Within;
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
  const touched = new Uint32Array(items);
  const cache: (Neighbours | undefined)[] = Array.from({ length: items });
  return (item) => {
    const known = cache[item];
    if (known !== undefined) return known;
    let count = 0;
    let seen = 0;
    let looked = 0;
    for (let k = byItem.start[item + 1]! - 1; k >= byItem.start[item]! && looked < LOOKED_AT; k--) {
      const session = byItem.values[k]!;
      looked += bySession.start[session + 1]! - bySession.start[session]!;
      seen += weights[session]!;
      for (let s = bySession.start[session]!; s < bySession.start[session + 1]!; s++) {
        const other = bySession.values[s]!;
        if (together[other] === 0) touched[count++] = other;
        together[other] = together[other]! + weights[session]!;
      }
    }
    const scale = sizes[item]! ** 0.5 / seen;
    const similarity = Float64Array.from(
      { length: count },
      (_, t) => (scale * together[touched[t]!]!) / sizes[touched[t]!]! ** power,
    );
    const best = topIndices(similarity, NEIGHBOURS);
    const neighbours = {
      items: best.map((t) => touched[t]!),
      similarity: Float32Array.from(best, (t) => similarity[t]!),
    };
    for (let t = 0; t < count; t++) together[touched[t]!] = 0;
    cache[item] = neighbours;
    return neighbours;
  };
}

/** Far below any similarity that counts. */
const TIE_BREAK = 1e-9;

/** Ranks items by their decayed similarity to the latest items of the history; ties by popularity. */
export function itemKnn(
  log: EventLog,
  until: number,
  similar: Similarities,
  context: ContextOptions,
): Method {
  const ties = new Float32Array(log.itemIds.length);
  for (let e = 0; e < until; e++) ties[log.item[e]!] = ties[log.item[e]!]! + TIE_BREAK;
  return {
    observe() {},
    score(moment, out) {
      out.set(ties);
      for (const { item, weight } of contextItems(moment, context)) {
        const { items, similarity } = similar(item);
        for (let k = 0; k < items.length; k++) out[items[k]!] = out[items[k]!]! + weight * similarity[k]!;
      }
    },
  };
}
