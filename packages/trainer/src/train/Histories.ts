import {
  type ContextItem,
  type ItemIndex,
  liveDecay,
  MAX_CONTEXT,
  type PersonalItem,
  rowsOf,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { sequenceItems } from '../read/sequenceItems.ts';

/** What each sequence (a shopper or a session) did so far, as the events of a log pass. */
export interface Histories {
  /** Takes in event e of the log; every event is passed once, in order. */
  add(e: number): void;
  /** How many events a sequence has. */
  size(sequence: number): number;
  /** True where the sequence had the item. */
  had(sequence: number, item: number): boolean;
  /** The latest events of a sequence, at most `most` of them, oldest first; `age` as in `ContextItem`. */
  latest(sequence: number, most: number): { item: number; age: number }[];
  /** The same as the query reads them. */
  context(sequence: number, index: ItemIndex): ContextItem[];
  /** What a sequence had of each item, as of `time` and within `session`. */
  personal(sequence: number, time: number, session: number): PersonalItem[];
}

/** @param frequencyHalfLife of a sequence's own counts, in days */
export function histories(log: EventLog, frequencyHalfLife: number): Histories {
  const { eventStart, events, start, item, ofEvent } = sequenceItems(log);
  const sizes = new Uint32Array(log.sequences);
  // By sequence and item: the decayed count as of the latest event, its time and its session.
  const frequency = new Float64Array(item.length);
  const time = new Float64Array(item.length);
  const session = new Uint32Array(item.length);
  const left = (k: number, now: number): number =>
    frequency[k]! > 0 ? frequency[k]! * liveDecay(now - time[k]!, frequencyHalfLife) : 0;
  /** The end of the items that a sequence had so far. */
  const endOf = (sequence: number): number => {
    let k = start[sequence]!;
    while (k < start[sequence + 1]! && frequency[k]! > 0) k++;
    return k;
  };
  const latest = (sequence: number, most: number): { item: number; age: number }[] => {
    const found: { item: number; age: number }[] = [];
    const from = eventStart[sequence]!;
    const size = sizes[sequence]!;
    let age = -1;
    let last = NaN;
    for (let k = from + size - 1; k >= from + Math.max(0, size - most); k--) {
      const e = events[k]!;
      if (log.time[e] !== last) age++;
      last = log.time[e]!;
      found.push({ item: log.item[e]!, age });
    }
    return found.toReversed();
  };
  return {
    add(e) {
      const k = ofEvent[e]!;
      frequency[k] = left(k, log.time[e]!) + 1;
      time[k] = log.time[e]!;
      session[k] = log.session[e]!;
      sizes[log.sequence[e]!]!++;
    },
    size: (sequence) => sizes[sequence]!,
    had: (sequence, wanted) => item.subarray(start[sequence]!, endOf(sequence)).includes(wanted),
    latest,
    context: (sequence, index) =>
      latest(sequence, MAX_CONTEXT).map((each) => ({ ...each, rows: rowsOf(index, each.item) })),
    personal(sequence, now, running) {
      const found: PersonalItem[] = [];
      for (let k = start[sequence]!, end = endOf(sequence); k < end; k++)
        found.push({ index: item[k]!, frequency: left(k, now), inSession: session[k] === running });
      return found;
    },
  };
}
