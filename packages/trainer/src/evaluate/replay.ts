import type { EventLog } from '../read/EventLog.ts';
import { histories as newHistories } from '../train/Histories.ts';
import type { Method, Moment } from './Method.ts';

/** Where the replay of a log stops to ask. */
export interface Replay {
  /** Events in their order, each with a history. */
  readonly events: ArrayLike<number>;
  /** Of the histories, in days. */
  readonly frequencyHalfLife: number;
  /** Called just before the k-th of the events passes. */
  judged(k: number, moment: Moment): void | Promise<void>;
}

/** Passes a log by some methods, in order, up to the last event that is judged, and stops before each of them. */
export async function replay(
  log: EventLog,
  methods: readonly Method[],
  { events, frequencyHalfLife, judged }: Replay,
): Promise<void> {
  const histories = newHistories(log, frequencyHalfLife);
  for (let e = 0, k = 0; k < events.length; e++) {
    if (e === events[k]) {
      const [sequence, time] = [log.sequence[e]!, log.time[e]!];
      const personal = histories.personal(sequence, time, log.session[e]!);
      await judged(k++, { time, sequence, personal, histories });
    }
    histories.add(e);
    for (const method of methods) method.observe(e);
  }
}
