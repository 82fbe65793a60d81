import {
  type ContextItem,
  type ItemIndex,
  liveDecay,
  MAX_CONTEXT,
  type PersonalItem,
  rowsOf,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { type SequenceItems, sequenceItems } from '../read/sequenceItems.ts';

/** An event of a history: its number in the log, its item, and its `age` as in `ContextItem`. */
interface PastEvent {
  readonly event: number;
  readonly item: number;
  readonly age: number;
}

/** What each sequence (a shopper or a session) did so far, as the events of a log pass. */
export interface Histories {
  /** Takes in event e of the log; every event is passed once, in order. */
  add(e: number): void;
  /** How many events a sequence has. */
  size(sequence: number): number;
  /** True where the sequence had the item. */
  had(sequence: number, item: number): boolean;
  /** The latest events of a sequence, at most `most` of them, oldest first. */
  latest(sequence: number, most: number): PastEvent[];
  /** The same as the query reads them at `time`. */
  context(sequence: number, index: ItemIndex, time: number): ContextItem[];
  /** What a sequence had of each item, as of `time` and within `session`. */
  personal(sequence: number, time: number, session: number): PersonalItem[];
}

/**
 * Histories that hold the first `from` events of a log. Nothing is kept of a sequence but how many events it has: all else is
 * read off the log when it is asked for, so that histories can begin anywhere at once.
 *
 * @param frequencyHalfLife of a sequence's own counts, in days
 * @param order of the log's events by sequence
 */
export function histories(
  log: EventLog,
  frequencyHalfLife: number,
  from = 0,
  order: SequenceItems = sequenceItems(log),
): Histories {
  const { eventStart, events, start, item, ofEvent } = order;
  const sizes = new Uint32Array(log.sequences);
  for (let e = 0; e < from; e++) sizes[log.sequence[e]!]!++;
  const eventsOf = (sequence: number, most = Infinity): Uint32Array => {
    const end = eventStart[sequence]! + sizes[sequence]!;
    return events.subarray(Math.max(eventStart[sequence]!, end - most), end);
  };
  const latest = (sequence: number, most: number): PastEvent[] => {
    const found: PastEvent[] = [];
    let age = -1;
    let last = NaN;
    for (const e of eventsOf(sequence, most).toReversed()) {
      if (log.time[e] !== last) age++;
      last = log.time[e]!;
      found.push({ event: e, item: log.item[e]!, age });
    }
    return found.toReversed();
  };
  return {
    add(e) {
      sizes[log.sequence[e]!]!++;
    },
    size: (sequence) => sizes[sequence]!,
    had: (sequence, wanted) => eventsOf(sequence).some((e) => log.item[e] === wanted),
    latest,
    context: (sequence, index, time) =>
      latest(sequence, MAX_CONTEXT).map(({ event, item, age }) => ({
        item,
        age,
        gap: time - log.time[event]!,
        kind: log.kinds[log.kind[event]!]!,
        rows: rowsOf(index, item),
      })),
    personal(sequence, time, session) {
      const first = start[sequence]!;
      const distinct = start[sequence + 1]! - first;
      // By item: the decayed count as of its latest event, and that event.
      const frequency = new Float64Array(distinct);
      const latestEvent = new Uint32Array(distinct);
      const left = (k: number, now: number): number =>
        frequency[k]! * liveDecay(now - log.time[latestEvent[k]!]!, frequencyHalfLife);
      let end = 0;
      for (const e of eventsOf(sequence)) {
        const k = ofEvent[e]! - first;
        frequency[k] = k < end ? left(k, log.time[e]!) + 1 : 1;
        latestEvent[k] = e;
        end = Math.max(end, k + 1);
      }
      return Array.from({ length: end }, (_, k) => ({
        index: item[first + k]!,
        frequency: left(k, time),
        inSession: log.session[latestEvent[k]!] === session,
      }));
    },
  };
}
