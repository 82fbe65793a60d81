import {
  type ContextItem,
  KEPT_PAIRS,
  liveDecay,
  MAX_PAIRS,
  PAIR_HALF_LIFE,
  PAIR_WINDOW,
  pairGain,
  pairWeight,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { topIndices } from './topIndices.ts';

/** Exponentially decayed counts of the items that sessions hold together, as a metadata service keeps them. */
export interface LivePairs {
  /** Pairs event e of the log with the events of its session before it; events come in the log's order. */
  add(e: number): void;
  /** The strongest pairs of an item as of `time`, at most `MAX_PAIRS`; weights are counts. */
  counts(item: number, time: number): { to: Uint32Array; weight: Float64Array };
  /** A context, its items with their pairs as of `time`, weighed as `pairWeight` does. */
  join(context: readonly ContextItem[], time: number): ContextItem[];
}

/** Counts are kept as of a common moment, and moved to a later one before they outgrow a double. */
const LONGEST_GROWTH = 2 ** 500;
const GAINS = Array.from({ length: PAIR_WINDOW + 1 }, (_, distance) => pairGain(distance));

/** Pair counts as data. */
export interface PairState {
  /** items x KEPT_PAIRS; the first sizes[i] of an item's are filled. */
  readonly to: Uint32Array;
  readonly counts: Float64Array;
  readonly sizes: Uint8Array;
  /** items; decayed counts of their events. */
  readonly events: Float64Array;
  /** The moment that all counts are as of, one number. */
  readonly since: Float64Array;
}

export function newPairState(log: EventLog, items: number): PairState {
  return {
    to: new Uint32Array(items * KEPT_PAIRS),
    counts: new Float64Array(items * KEPT_PAIRS),
    sizes: new Uint8Array(items),
    events: new Float64Array(items),
    since: Float64Array.of(log.count > 0 ? log.time[0]! : 0),
  };
}

/**
 * @param state counted on in place; default nothing so far
 * @param hears true for the events that pair with others; default all
 */
export function livePairs(
  log: EventLog,
  items: number,
  { to, counts, sizes, events, since }: PairState = newPairState(log, items),
  hears: (e: number) => boolean = () => true,
): LivePairs {
  const previous = previousOf(log, hears);
  const growth = (time: number): number => 1 / liveDecay(time - since[0]!, PAIR_HALF_LIFE);

  const rowOf = (item: number): Float64Array =>
    counts.subarray(item * KEPT_PAIRS, item * KEPT_PAIRS + sizes[item]!);

  /** Forgets the weaker half of a full row. */
  const thin = (item: number): void => {
    const at = item * KEPT_PAIRS;
    const row = rowOf(item).slice();
    const others = to.slice(at, at + row.length);
    // The strongest first, as the service keeps them: of equal ones the first stay the next time.
    Array.from(row.keys())
      .sort((a, b) => row[b]! - row[a]!)
      .slice(0, MAX_PAIRS)
      .forEach((k, place) => {
        to[at + place] = others[k]!;
        counts[at + place] = row[k]!;
      });
    sizes[item] = MAX_PAIRS;
  };

  const count = (from: number, other: number, gain: number): void => {
    const at = from * KEPT_PAIRS;
    for (let k = at; k < at + sizes[from]!; k++) {
      if (to[k] !== other) continue;
      counts[k] = counts[k]! + gain;
      return;
    }
    if (sizes[from] === KEPT_PAIRS) thin(from);
    const free = at + sizes[from]!++;
    to[free] = other;
    counts[free] = gain;
  };

  const read = (item: number, time: number): { to: Uint32Array; weight: Float64Array } => {
    const at = item * KEPT_PAIRS;
    const best = strongest(rowOf(item), MAX_PAIRS);
    const weight = new Float64Array(best.length);
    const shrink = 1 / growth(time);
    for (let k = 0; k < best.length; k++) {
      weight[k] = counts[at + best[k]!]! * shrink;
      best[k] = to[at + best[k]!]!;
    }
    return { to: best, weight };
  };

  return {
    add(e) {
      const item = log.item[e]!;
      const time = log.time[e]!;
      let grown = growth(time);
      if (grown > LONGEST_GROWTH) {
        for (const own of [events, counts]) own.forEach((each, k) => (own[k] = each / grown));
        since[0] = time;
        grown = 1;
      }
      events[item] = events[item]! + grown;
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
        for (let k = 0; k < weight.length; k++)
          weight[k] = pairWeight(weight[k]!, own, events[others[k]!]! * shrink);
        return { ...each, pairs: { to: others, weight } };
      });
    },
  };
}

/** Of each event the one before it in its session that is heard, -1 for none. */
function previousOf({ count, session }: EventLog, hears: (e: number) => boolean): Int32Array {
  let sessions = 0;
  for (let e = 0; e < count; e++) sessions = Math.max(sessions, session[e]! + 1);
  const latest = new Int32Array(sessions).fill(-1);
  const previous = new Int32Array(count);
  for (let e = 0; e < count; e++) {
    previous[e] = latest[session[e]!]!;
    if (hears(e)) latest[session[e]!] = e;
  }
  return previous;
}

/** The places of the k largest counts, in their order; of equal ones the first. */
function strongest(counts: Float64Array, k: number): Uint32Array {
  const best = topIndices(counts, k);
  // The heap has the least of them on top.
  const bar = counts[best[0]!]!;
  let ties = k;
  for (let place = 0; place < counts.length; place++) if (counts[place]! > bar) ties--;
  let found = 0;
  for (let place = 0; place < counts.length; place++)
    if (counts[place]! > bar || (counts[place] === bar && ties-- > 0)) best[found++] = place;
  return best;
}
