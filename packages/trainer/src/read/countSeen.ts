import type { EventLog } from './EventLog.ts';

/** Items are numbered by their first event: those of a log's first `until` events are 0 to this number - 1. */
export function countSeen(log: EventLog, until: number): number {
  let seen = 0;
  for (let e = 0; e < until; e++) seen = Math.max(seen, log.item[e]! + 1);
  return seen;
}
