import type { EventLog } from './EventLog.ts';
import { groups } from './groups.ts';

/** The events of a log by sequence, and the distinct items of each. */
export interface SequenceItems {
  /** Event numbers by sequence, in order: those of sequence s are events[eventStart[s]] to events[eventStart[s + 1] - 1]. */
  readonly eventStart: Uint32Array;
  readonly events: Uint32Array;
  /** Items by sequence, each once, by their first event: those of sequence s are item[start[s]] to item[start[s + 1] - 1]. */
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  /** log.count; where in `item` an event's item stands for its sequence. */
  readonly ofEvent: Uint32Array;
}

export function sequenceItems(log: EventLog): SequenceItems {
  const numbers = Uint32Array.from({ length: log.count }, (_, e) => e);
  const { start: eventStart, values: events } = groups(log.sequence, numbers, log.count, log.sequences);
  const start = new Uint32Array(log.sequences + 1);
  const item = new Uint32Array(log.count);
  const ofEvent = new Uint32Array(log.count);
  const latest = new Int32Array(log.itemIds.length).fill(-1);
  let count = 0;
  for (let s = 0; s < log.sequences; s++) {
    for (let k = eventStart[s]!; k < eventStart[s + 1]!; k++) {
      const e = events[k]!;
      const i = log.item[e]!;
      if (latest[i]! < start[s]!) {
        item[count] = i;
        latest[i] = count++;
      }
      ofEvent[e] = latest[i]!;
    }
    start[s + 1] = count;
  }
  return { eventStart, events, start, item: item.slice(0, count), ofEvent };
}
