import type { EventLog } from '../read/EventLog.ts';

/** The first event of a log at a time or later; `until` where there is none before that one. */
export function firstAt(log: EventLog, time: number, until = log.count): number {
  const found = log.time.subarray(0, until).findIndex((each) => each >= time);
  return found < 0 ? until : found;
}
