import type { Method } from '../evaluate/Method.ts';
import { replay } from '../evaluate/replay.ts';
import type { GAIN } from '../evaluate/Tally.ts';
import type { EventLog } from '../read/EventLog.ts';
import { expectedGain, standing } from './expectedGain.ts';

/** What is measured at each judged event. */
export interface Measured {
  readonly measure: keyof typeof GAIN;
  /** The candidates are the items from this one on. */
  readonly first: number;
}

/**
 * Passes a log by some methods and measures, at each judged event, what the item that came was worth, ties at their
 * expected value.
 *
 * @returns a column of gains, one a judged event, by method and by what is measured
 */
export async function gainsOf(
  log: EventLog,
  judged: readonly number[],
  methods: readonly Method[],
  measured: readonly Measured[],
  frequencyHalfLife: number,
  progress: (done: number, of: number) => void | Promise<void>,
): Promise<Float64Array[][]> {
  const gains = methods.map(() => measured.map(() => new Float64Array(judged.length)));
  const scores = new Float32Array(log.itemIds.length);
  await replay(log, methods, {
    events: judged,
    frequencyHalfLife,
    async judged(k, moment) {
      methods.forEach((method, m) => {
        method.score(moment, scores);
        measured.forEach(({ measure, first }, c) => {
          gains[m]![c]![k] = expectedGain(measure, standing(scores, log.item[judged[k]!]!, first));
        });
      });
      await progress(k + 1, judged.length);
    },
  });
  return gains;
}
