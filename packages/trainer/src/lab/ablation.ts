import type { Item, Schema, Signal } from '@evershelf/model';
import { type Interval, lead, resample } from '../evaluate/bootstrap.ts';
import { splitOf } from '../evaluate/evaluate.ts';
import { evershelf, scoredModel } from '../evaluate/evershelf.ts';
import { mean } from '../evaluate/mean.ts';
import { byMeasure, type Measure, MEASURES } from '../evaluate/measures.ts';
import { countSeen } from '../read/countSeen.ts';
import type { EventLog } from '../read/EventLog.ts';
import type { TrainOptions } from '../train/options.ts';
import type { Stage } from '../train/stages.ts';
import { type Progress, trainModel } from '../train/trainModel.ts';
import type { Workers } from '../workers/Workers.ts';
import { gainsOf } from './gainsOf.ts';
import { meanColumn } from './meanColumn.ts';
import { type OverSeeds, overSeeds } from './overSeeds.ts';
import { sampleEvents } from './sampleEvents.ts';

/** What is left out together. */
export const PARTS = {
  deep: ['deep'],
  match: ['match'],
  wide: ['wide'],
  pairs: ['pairs'],
  live: ['live1', 'live5', 'live20'],
  personal: ['frequency', 'had', 'session'],
} as const satisfies Readonly<Record<string, readonly Signal[]>>;
export type Part = keyof typeof PARTS;
const NAMES = Object.keys(PARTS) as Part[];
/** The heads that are fitted: with all signals, then without each part. */
const WAYS = [undefined, ...NAMES] as const;

/** The judged events: all, ranked among all items, or those of items without a training event, ranked among such. */
export const AMONG = ['all', 'new'] as const;
type Among = (typeof AMONG)[number];

export interface Ablation {
  readonly protocol: {
    readonly task: string;
    readonly sequence: 'session' | 'shopper';
    readonly events: number;
    readonly items: number;
    readonly cut: number;
    /** Judged events. */
    readonly judged: Readonly<Record<Among, number>>;
    readonly seeds: readonly number[];
    readonly intervals: string;
  };
  /** The mixed head with all signals; null where no event was judged. */
  readonly whole: Readonly<Record<Among, Readonly<Record<Measure, OverSeeds>> | null>>;
  /** What it is ahead of a head that was fitted without a part, on the same events. */
  readonly worth: Readonly<Record<Part, Readonly<Record<Among, Readonly<Record<Measure, Interval>> | null>>>>;
}

/** About how many events are judged, of all and of new items. */
const JUDGED = 4000;

/**
 * What each part of the score adds: trains on the first four fifths of a log, fits the heads once with all signals and once
 * without each part of them, and judges the mixed head on the rest.
 *
 * @param seeds one training each
 */
export async function ablation(
  workers: Workers,
  log: EventLog,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  seeds: readonly number[],
  progress: Progress,
): Promise<Ablation> {
  const { cut } = splitOf(log);
  const seen = countSeen(log, cut);
  const isNew = (e: number): boolean => log.item[e]! >= seen;
  const range = [cut, log.count] as const;
  const sampled = { all: sampleEvents(log, range, JUDGED), new: sampleEvents(log, range, JUDGED, isNew) };
  const judged = [...new Set([...sampled.all, ...sampled.new])].toSorted((a, b) => a - b);
  const measured = AMONG.flatMap((among) =>
    MEASURES.map((measure) => ({ among, measure, first: among === 'new' ? seen : 0 })),
  );
  // By seed, way, and what is measured.
  const gains: Float64Array[][][] = [];
  for (const seed of seeds) {
    const kept = keptStages();
    const methods = [];
    for (const part of WAYS) {
      const without = part === undefined ? options.without : [...options.without, ...PARTS[part]];
      const model = await trainModel(
        workers,
        log,
        cut,
        items,
        schema,
        { ...options, seed, without },
        (stage, ...rest) =>
          progress(`seed ${seed}, ${part === undefined ? '' : `without ${part}, `}${stage}`, ...rest),
        kept,
      );
      methods.push(evershelf(log, scoredModel(log, items, model, 'mixed')));
    }
    gains.push(
      await gainsOf(log, judged, methods, measured, options.frequencyHalfLife, (done, of) =>
        progress(`seed ${seed}, judging`, done, of, 'events'),
      ),
    );
  }
  const isJudged = { all: new Set(sampled.all), new: new Set(sampled.new) };
  /** By way, one column a seed. */
  const columns = (among: Among, measure: Measure): Float64Array[][] => {
    const c = measured.findIndex((each) => each.among === among && each.measure === measure);
    return WAYS.map((_, way) =>
      gains.map((bySeed) => bySeed[way]![c]!.filter((_gain, k) => isJudged[among].has(judged[k]!))),
    );
  };
  const byAmong = <T>(make: (among: Among) => T): Record<Among, T | null> => ({
    all: sampled.all.length === 0 ? null : make('all'),
    new: sampled.new.length === 0 ? null : make('new'),
  });
  const leads = byAmong((among) =>
    byMeasure((measure) => {
      const [whole, ...others] = resample(columns(among, measure).map(meanColumn), options.seed);
      return others.map((other) => lead(whole!, other));
    }),
  );
  return {
    protocol: {
      task: 'next item, on the last fifth of the log; ties at their expected value',
      sequence: log.sequenceKind,
      events: log.count,
      items: log.itemIds.length,
      cut,
      judged: { all: sampled.all.length, new: sampled.new.length },
      seeds,
      intervals:
        "95 %: of a mean by Student's t over seeds, of what a part adds by 1,000 bootstrap resamples of the events, gains averaged over seeds",
    },
    whole: byAmong((among) =>
      byMeasure((measure) => overSeeds(columns(among, measure)[0]!.map((column) => mean(column)))),
    ),
    worth: Object.fromEntries(
      NAMES.map((part, p) => [part, byAmong((among) => byMeasure((measure) => leads[among]![measure][p]!))]),
    ) as Ablation['worth'],
  };
}

/** Stages that are made once for all heads; only the fit of the signals is not. */
function keptStages(): Stage {
  const made = new Map<string, Promise<object>>();
  return <T extends object>(name: string, make: () => Promise<T>): Promise<T> => {
    if (name === 'signals') return make();
    const found = made.get(name) ?? make();
    made.set(name, found);
    return found as Promise<T>;
  };
}
