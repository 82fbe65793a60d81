import {
  type ContextItem,
  liveDecay,
  MAX_PAIRS,
  PAIR_HALF_LIFE,
  PAIR_WINDOW,
  pairGain,
  pairWeight,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';

/** Exponentially decayed counts of the items that sessions hold together, as a metadata service keeps them. */
export interface LivePairs {
  /** Pairs event e of the log with the events of its session before it; events come in the log's order. */
  add(e: number): void;
  /** The strongest pairs of an item as of `time`, at most `MAX_PAIRS`; weights are counts. */
  counts(item: number, time: number): { to: Uint32Array; weight: Float64Array };
  /** A context, its items with their pairs as of `time`, weighed as `pairWeight` does. */
  join(context: readonly ContextItem[], time: number): ContextItem[];
}

/** Pairs kept for an item; beyond, the weaker half is forgotten. */
const KEPT = 2 * MAX_PAIRS;
const FIRST = 4;
/** Counts are kept as of a common moment, and moved to a later one before they outgrow a double. */
const LONGEST_GROWTH = 2 ** 500;
const GAINS = Array.from({ length: PAIR_WINDOW + 1 }, (_, distance) => pairGain(distance));

export function livePairs(log: EventLog, items: number): LivePairs {
  const to: Uint32Array[] = [];
  const counts: Float64Array[] = [];
  const sizes = new Uint8Array(items);
  const events = new Float64Array(items);
  /** The latest event of each session, and of each event the one before it in its session. */
  const latest = new Map<number, number>();
  const previous = new Int32Array(log.count).fill(-1);
  let since = log.count > 0 ? log.time[0]! : 0;
  const growth = (time: number): number => 1 / liveDecay(time - since, PAIR_HALF_LIFE);

  /** Forgets the weaker half of a full row. */
  const thin = (item: number): void => {
    const best = strongest(counts[item]!, KEPT, MAX_PAIRS);
    const [rowTo, rowCounts] = [best.map((k) => to[item]![k]!), best.map((k) => counts[item]![k]!)];
    to[item]!.set(rowTo);
    counts[item]!.set(rowCounts);
    sizes[item] = MAX_PAIRS;
  };

  const count = (from: number, other: number, gain: number): void => {
    const size = sizes[from]!;
    const row = (to[from] ??= new Uint32Array(FIRST));
    const own = (counts[from] ??= new Float64Array(FIRST));
    for (let k = 0; k < size; k++) {
      if (row[k] !== other) continue;
      own[k] = own[k]! + gain;
      return;
    }
    if (size === KEPT) thin(from);
    else if (size === row.length) {
      (to[from] = new Uint32Array(2 * size)).set(row);
      (counts[from] = new Float64Array(2 * size)).set(own);
    }
    const at = sizes[from]!++;
    to[from]![at] = other;
    counts[from]![at] = gain;
  };

  const read = (item: number, time: number): { to: Uint32Array; weight: Float64Array } => {
    const size = sizes[item]!;
    if (size === 0) return { to: new Uint32Array(0), weight: new Float64Array(0) };
    const best = strongest(counts[item]!, size, MAX_PAIRS);
    const shrink = 1 / growth(time);
    return {
      to: Uint32Array.from(best, (k) => to[item]![k]!),
      weight: Float64Array.from(best, (k) => counts[item]![k]! * shrink),
    };
  };

  return {
    add(e) {
      const [item, session, time] = [log.item[e]!, log.session[e]!, log.time[e]!];
      let grown = growth(time);
      if (grown > LONGEST_GROWTH) {
        for (const own of [events, ...counts]) own?.forEach((each, k) => (own[k] = each / grown));
        since = time;
        grown = 1;
      }
      events[item] = events[item]! + grown;
      previous[e] = latest.get(session) ?? -1;
      latest.set(session, e);
      let distance = 0;
      let last = time;
      let before = previous[e]!;
      for (let k = 0; k < PAIR_WINDOW && before >= 0; k++, before = previous[before]!) {
        if (log.time[before] !== last) distance++;
        last = log.time[before]!;
        const other = log.item[before]!;
        if (other === item) continue;
        count(other, item, grown * GAINS[distance]!.forward);
        count(item, other, grown * GAINS[distance]!.backward);
      }
    },
    counts: read,
    join(context, time) {
      const shrink = 1 / growth(time);
      return context.map((each) => {
        if (each.item === undefined) return each;
        const { to: others, weight } = read(each.item, time);
        const own = events[each.item]! * shrink;
        const weights = weight.map((count, k) => pairWeight(count, own, events[others[k]!]! * shrink));
        return { ...each, pairs: { to: others, weight: weights } };
      });
    },
  };
}

/** The places of the k largest of the first `size` counts, ties by place. */
function strongest(counts: Float64Array, size: number, k: number): number[] {
  const places = Array.from({ length: size }, (_, place) => place);
  return size <= k ? places : places.toSorted((a, b) => counts[b]! - counts[a]! || a - b).slice(0, k);
}
