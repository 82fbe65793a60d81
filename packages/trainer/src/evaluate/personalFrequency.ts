import type { EventLog } from '../read/EventLog.ts';
import { groups } from './groups.ts';
import type { Method } from './Method.ts';

const DAY = 86_400;

/** The pairs of a sequence and an item in a log; those of sequence s are start[s] to start[s + 1] - 1. */
export interface Pairs {
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  /** The pair of each event. */
  readonly ofEvent: Uint32Array;
}

/** Numbers the pairs by sequence, then by their first event. */
export function pairsOf(log: EventLog): Pairs {
  const bySequence = groups(
    log.sequence,
    Uint32Array.from({ length: log.count }, (_, e) => e),
    log.count,
    log.sequences,
  );
  const start = new Uint32Array(log.sequences + 1);
  const item = new Uint32Array(log.count);
  const ofEvent = new Uint32Array(log.count);
  const latest = new Int32Array(log.itemIds.length).fill(-1);
  let count = 0;
  for (let s = 0; s < log.sequences; s++) {
    for (let k = bySequence.start[s]!; k < bySequence.start[s + 1]!; k++) {
      const e = bySequence.values[k]!;
      const i = log.item[e]!;
      if (latest[i]! < start[s]!) {
        item[count] = i;
        latest[i] = count++;
      }
      ofEvent[e] = latest[i]!;
    }
    start[s + 1] = count;
  }
  return { start, item: item.slice(0, count), ofEvent };
}

/** Far below what is left of any count: items that the sequence never had are ranked by their events so far. */
const TIE_BREAK = 1e-20;

/** Ranks items by how often their sequence had them, each time losing half its weight in `halfLife` days. */
export function personalFrequency(log: EventLog, pairs: Pairs, { halfLife }: { halfLife: number }): Method {
  const frequency = new Float64Array(pairs.item.length);
  const time = new Float64Array(pairs.item.length);
  const ties = new Float32Array(log.itemIds.length);
  const left = (pair: number, now: number): number =>
    frequency[pair]! * 2 ** ((time[pair]! - now) / (halfLife * DAY));
  return {
    observe(e) {
      const pair = pairs.ofEvent[e]!;
      frequency[pair] = left(pair, log.time[e]!) + 1;
      time[pair] = log.time[e]!;
      ties[log.item[e]!]! += TIE_BREAK;
    },
    score(moment, out) {
      out.set(ties);
      for (let pair = pairs.start[moment.sequence]!; pair < pairs.start[moment.sequence + 1]!; pair++) {
        if (frequency[pair]! > 0) out[pairs.item[pair]!]! += left(pair, moment.time);
      }
    },
  };
}
