import type { EventLog } from '../read/EventLog.ts';

/** Part of a log as a log of its own. */
export interface WindowLog {
  /** Its items are numbered by their first event in it; sequences and sessions keep their numbers. */
  readonly log: EventLog;
  /** The number in the whole log of each of its items. */
  readonly numbers: Uint32Array;
}

/** The events [from, until) of a log. */
export function windowLog(log: EventLog, [from, until]: readonly [number, number]): WindowLog {
  const own = new Map<number, number>();
  const item = log.item.slice(from, until).map((number) => {
    const found = own.get(number) ?? own.size;
    own.set(number, found);
    return found;
  });
  const numbers = Uint32Array.from(own.keys());
  return {
    log: {
      ...log,
      count: until - from,
      time: log.time.slice(from, until),
      item,
      sequence: log.sequence.slice(from, until),
      session: log.session.slice(from, until),
      quantity: log.quantity.slice(from, until),
      kind: log.kind.slice(from, until),
      itemIds: Array.from(numbers, (number) => log.itemIds[number]!),
    },
    numbers,
  };
}
