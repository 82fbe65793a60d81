import { seededRandom } from '../train/random.ts';
import { mean } from './mean.ts';
import { byMeasure, type Measure, MEASURES } from './measures.ts';
import { GAIN } from './Tally.ts';

const RESAMPLES = 1000;
/** Bounds of a 95 % interval. */
const BOUNDS = [0.025, 0.975] as const;

/** A mean and its 95 % interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export type Intervals = Readonly<Record<Measure, Interval>>;

/**
 * Percentile intervals of the bootstrap (Efron 1979) over judged events: of every method's mean, and of the first
 * method's lead over it. All methods see the same resamples, so that their differences are paired.
 *
 * @param ranks of each method, one an event
 */
export function bootstrap(
  ranks: readonly Uint32Array[],
  seed: number,
): { own: Intervals; lead: Intervals }[] {
  const gains = ranks.flatMap((own) =>
    MEASURES.map((measure) => Float64Array.from(own, (rank) => GAIN[measure](rank))),
  );
  const resampled = resample(gains, seed);
  const of = (m: number, g: number): Resampled => resampled[m * MEASURES.length + g]!;
  return ranks.map((_, m) => ({
    own: byMeasure((_measure, g) => intervalOf(of(m, g))),
    lead: byMeasure((_measure, g) => lead(of(0, g), of(m, g))),
  }));
}

/** A mean over events, and the means of resamples of these events. */
export interface Resampled {
  readonly mean: number;
  readonly means: Float64Array;
}

/** Resamples events with replacement, the same ones in every column of values. */
export function resample(columns: readonly Float64Array[], seed: number): Resampled[] {
  const events = columns[0]?.length ?? 0;
  const random = seededRandom(seed);
  const means = columns.map(() => new Float64Array(RESAMPLES));
  const drawn = new Uint32Array(events);
  for (let at = 0; at < RESAMPLES; at++) {
    for (let e = 0; e < events; e++) drawn[e] = Math.floor(random() * events);
    columns.forEach((values, c) => (means[c]![at] = meanAt(values, drawn)));
  }
  return columns.map((values, c) => ({ mean: mean(values), means: means[c]! }));
}

/** The interval of a mean. */
export function intervalOf({ mean, means }: Resampled): Interval {
  const sorted = means.slice().sort();
  const [low, high] = BOUNDS.map((bound) => sorted[Math.round(bound * (RESAMPLES - 1))]!);
  return { mean, low: low!, high: high! };
}

/** The interval of what one mean is ahead of another, on the same events. */
export function lead(ahead: Resampled, of: Resampled): Interval {
  return intervalOf({
    mean: ahead.mean - of.mean,
    means: ahead.means.map((value, at) => value - of.means[at]!),
  });
}

function meanAt(values: Float64Array, drawn: Uint32Array): number {
  let sum = 0;
  for (let e = 0; e < drawn.length; e++) sum += values[drawn[e]!]!;
  return sum / Math.max(1, drawn.length);
}
