import type { EventLog } from '../read/EventLog.ts';
import { firstAt } from './firstAt.ts';
import { InputError } from '../read/InputError.ts';

const WEEK = 7 * 86_400;

/** The weeks at the end of a log that are judged. */
export interface Weeks {
  /** Length of the whole log, in weeks. */
  readonly inAll: number;
  /** First event of each judged week, and the end of the log. */
  readonly cuts: readonly number[];
  /** First event of the `weeks` before the first judged one; undefined where the log does not begin earlier. */
  before(weeks: number): number | undefined;
}

/**
 * Cuts a log into the time that is trained on and the weeks after it.
 *
 * @param most weeks that are judged; no more than half of the log
 * @throws {InputError} where the log is shorter than two weeks
 */
export function weeksOf(log: EventLog, most: number): Weeks {
  const end = log.time[log.count - 1]! + 1;
  const inAll = (end - log.time[0]!) / WEEK;
  const judged = Math.min(most, Math.floor(inAll / 2));
  if (judged === 0)
    throw new InputError(
      `found a log of ${inAll.toFixed(1)} weeks, wanted at least 2: one to train on, one to judge`,
    );
  const cut = end - judged * WEEK;
  return {
    inAll,
    cuts: Array.from({ length: judged + 1 }, (_, week) => firstAt(log, cut + week * WEEK)),
    before: (weeks) => (cut - weeks * WEEK > log.time[0]! ? firstAt(log, cut - weeks * WEEK) : undefined),
  };
}
