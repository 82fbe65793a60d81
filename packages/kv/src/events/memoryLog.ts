import type { EventLog, LoggedEvent } from './EventLog.ts';
import { segmentName } from './segmentName.ts';

/** Events that are kept where nobody reads them, such as while the store is gone. */
const MOST = 100_000;
/** Events of one reading. */
const BATCH = 5000;

/** A log for a service that keeps none: it holds events until they are counted, the latest ones at most. */
export function memoryLog(now: () => number): EventLog {
  const name = segmentName(now());
  let held: LoggedEvent[] = [];
  /** Place of the first event that is held. */
  let start = 0;
  const forget = (count: number): void => {
    if (count <= 0) return;
    held = held.slice(count);
    start += count;
  };
  return {
    async append(events) {
      held.push(...events);
      forget(held.length - MOST);
    },
    async *recent() {},
    segments: async () => [{ name, end: start + held.length }],
    async read(_, from) {
      forget(from - start);
      const events = held.slice(0, BATCH);
      return { events, to: start + events.length };
    },
    async close() {},
  };
}
