import type { EventLog } from '../read/EventLog.ts';

/**
 * The events of a log as moments of histories. Events of one sequence that share a time are one moment: the lines of a
 * basket, whose order means nothing. `events` holds the log's event numbers by sequence; moment m has the events
 * events[start[m]] to events[start[m + 1] - 1], and its sequence's first event stands at events[origin[m]].
 */
export interface Steps {
  readonly events: Uint32Array;
  readonly start: Uint32Array;
  readonly origin: Uint32Array;
  readonly count: number;
}

/** The moments of a log's first `until` events. */
export function stepsOf(log: EventLog, until: number): Steps {
  const offsets = new Uint32Array(log.sequences + 1);
  for (let e = 0; e < until; e++) offsets[log.sequence[e]! + 1]!++;
  for (let s = 0; s < log.sequences; s++) offsets[s + 1] = offsets[s + 1]! + offsets[s]!;
  const events = new Uint32Array(until);
  const at = offsets.slice();
  for (let e = 0; e < until; e++) events[at[log.sequence[e]!]!++] = e;

  const start = new Uint32Array(until + 1);
  const origin = new Uint32Array(until);
  let count = 0;
  for (let s = 0; s < log.sequences; s++) {
    for (let k = offsets[s]!; k < offsets[s + 1]!; k++) {
      if (k > offsets[s]! && log.time[events[k]!] === log.time[events[k - 1]!]) continue;
      start[count] = k;
      origin[count] = offsets[s]!;
      count++;
    }
  }
  start[count] = until;
  return { events, start: start.slice(0, count + 1), origin: origin.slice(0, count), count };
}
