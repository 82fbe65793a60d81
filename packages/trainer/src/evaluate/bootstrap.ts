import { seededRandom } from '../train/random.ts';
import { GAIN } from './Tally.ts';

const RESAMPLES = 1000;
/** Bounds of a 95 % interval. */
const BOUNDS = [0.025, 0.975] as const;

const INTERVAL_MEASURES = ['recall@20', 'ndcg@20'] as const;
type IntervalMeasure = (typeof INTERVAL_MEASURES)[number];

/** A mean and its 95 % interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export type Intervals = Readonly<Record<IntervalMeasure, Interval>>;

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
  const events = ranks[0]?.length ?? 0;
  const random = seededRandom(seed);
  const gains = ranks.map((own) =>
    INTERVAL_MEASURES.map((measure) => Float64Array.from(own, (rank) => GAIN[measure](rank))),
  );
  const means = gains.map((own) => own.map(() => new Float64Array(RESAMPLES)));
  const drawn = new Uint32Array(events);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    for (let e = 0; e < events; e++) drawn[e] = Math.floor(random() * events);
    gains.forEach((own, m) => own.forEach((gain, g) => (means[m]![g]![resample] = meanAt(gain, drawn))));
  }
  return gains.map((own, m) => {
    const intervals = (of: (m: number, g: number) => { mean: number; all: Float64Array }): Intervals =>
      Object.fromEntries(
        INTERVAL_MEASURES.map((measure, g) => {
          const { mean, all } = of(m, g);
          const sorted = all.slice().sort();
          const [low, high] = BOUNDS.map((bound) => sorted[Math.round(bound * (RESAMPLES - 1))]!);
          return [measure, { mean, low, high }];
        }),
      ) as unknown as Intervals;
    return {
      own: intervals((_, g) => ({ mean: mean(own[g]!), all: means[m]![g]! })),
      lead: intervals((_, g) => ({
        mean: mean(gains[0]![g]!) - mean(own[g]!),
        all: means[0]![g]!.map((value, resample) => value - means[m]![g]![resample]!),
      })),
    };
  });
}

function meanAt(values: Float64Array, drawn: Uint32Array): number {
  let sum = 0;
  for (let e = 0; e < drawn.length; e++) sum += values[drawn[e]!]!;
  return sum / Math.max(1, drawn.length);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
