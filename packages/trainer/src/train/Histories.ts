import {
  type ContextItem,
  type ItemIndex,
  liveDecay,
  MAX_CONTEXT,
  type PersonalItem,
  rowsOf,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';

/** What each sequence (a shopper or a session) did so far, as the events of a log pass. */
export interface Histories {
  /** Takes in event e of the log. */
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

interface Had {
  frequency: number;
  time: number;
  session: number;
}

/** @param frequencyHalfLife of a sequence's own counts, in days */
export function histories(log: EventLog, frequencyHalfLife: number): Histories {
  const recent: number[][] = Array.from({ length: log.sequences }, () => []);
  const items: Map<number, Had>[] = Array.from({ length: log.sequences }, () => new Map());
  const sizes = new Uint32Array(log.sequences);
  const latest = (sequence: number, most: number): { item: number; age: number }[] => {
    const found: { item: number; age: number }[] = [];
    const own = recent[sequence]!;
    let age = -1;
    let last = NaN;
    for (let k = own.length - 1; k >= Math.max(0, own.length - most); k--) {
      const time = log.time[own[k]!]!;
      if (time !== last) age++;
      last = time;
      found.push({ item: log.item[own[k]!]!, age });
    }
    return found.toReversed();
  };
  return {
    add(e) {
      const sequence = log.sequence[e]!;
      const time = log.time[e]!;
      const own = recent[sequence]!;
      own.push(e);
      if (own.length > 2 * MAX_CONTEXT) own.splice(0, own.length - MAX_CONTEXT);
      sizes[sequence]!++;
      const had = items[sequence]!.get(log.item[e]!);
      const before = had === undefined ? 0 : had.frequency * liveDecay(time - had.time, frequencyHalfLife);
      items[sequence]!.set(log.item[e]!, { frequency: before + 1, time, session: log.session[e]! });
    },
    size: (sequence) => sizes[sequence]!,
    had: (sequence, item) => items[sequence]!.has(item),
    latest,
    context: (sequence, index) =>
      latest(sequence, MAX_CONTEXT).map(({ item, age }) => ({ item, rows: rowsOf(index, item), age })),
    personal: (sequence, time, session) =>
      Array.from(items[sequence]!, ([index, had]) => ({
        index,
        frequency: had.frequency * liveDecay(time - had.time, frequencyHalfLife),
        inSession: had.session === session,
      })),
  };
}
