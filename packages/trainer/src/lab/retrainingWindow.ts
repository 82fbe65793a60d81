import type { Item, Schema } from '@evershelf/model';
import { type Interval, lead, resample } from '../evaluate/bootstrap.ts';
import { mean } from '../evaluate/mean.ts';
import { type Measure, MEASURES } from '../evaluate/measures.ts';
import { countSeen } from '../read/countSeen.ts';
import type { EventLog } from '../read/EventLog.ts';
import type { TrainOptions } from '../train/options.ts';
import type { Progress } from '../train/trainModel.ts';
import { gainsOf } from './gainsOf.ts';
import { meanColumn } from './meanColumn.ts';
import { sampleEvents } from './sampleEvents.ts';
import { type Cost, meanCost, trainWindow, type WindowModel } from './trainWindow.ts';
import { waysOf } from './waysOf.ts';
import { weeksOf } from './weeksOf.ts';
import type { Workers } from '../workers/Workers.ts';

/** Quality over `n` judged events, ties at their expected value. */
interface WeekQuality {
  readonly n: number;
  readonly 'recall@20': number;
  readonly 'ndcg@20': number;
}

/** The judged events: all, or those whose item has no event before the first judged week. */
export const TARGETS = ['all', 'new'] as const;
type Targets = (typeof TARGETS)[number];

/** What a way to keep a shop's model is worth, and what it takes. */
export interface Way {
  /** Over all judged weeks. */
  readonly quality: Readonly<Record<Targets, WeekQuality>>;
  readonly byWeek: readonly Readonly<Record<Targets, WeekQuality>>[];
  /** What it is ahead of its reference, on the same events; null where no such event was judged. */
  readonly ahead?: Readonly<Record<Targets, Readonly<Record<Measure, Interval>> | null>>;
  readonly cost: Cost;
}

export interface RetrainingWindow {
  readonly protocol: {
    readonly task: string;
    readonly sequence: 'session' | 'shopper';
    readonly events: number;
    readonly items: number;
    /** Weeks of the log, and of them before the first judged one. */
    readonly weeks: number;
    readonly trained: number;
    readonly cut: number;
    readonly newItems: number;
    readonly judged: number;
    readonly seeds: readonly number[];
    readonly intervals: string;
    /** Windows that the log is too short for, in weeks. */
    readonly leftOut: readonly number[];
  };
  /** Trained once before the first judged week, on the weeks before it; against all of them. */
  readonly windows: Readonly<Record<string, Way>>;
  /** Trained once on everything and frozen, or trained again each week; against the latter. */
  readonly upkeep: Readonly<Record<Upkeep, Way>>;
}

/**
 * How a model trained on everything is kept:
 *
 * - `weekly`: trained again before each week.
 * - `frozen`: as it was, with live counters and the attributes of new items.
 * - `bare`: as it was, the counters as well, and new items by the global default token.
 */
export const UPKEEP = ['weekly', 'frozen', 'bare'] as const;
export type Upkeep = (typeof UPKEEP)[number];

export interface WindowOptions {
  /** Weeks before the first judged one that models are trained on, beside all of them. */
  readonly windows: readonly number[];
  /** Most weeks that are judged. */
  readonly weeks: number;
  /** Most events that are judged of each week. */
  readonly judged: number;
  /** One run of all trainings each. */
  readonly seeds: readonly number[];
}

/** Fewer events than this are not trained on. */
const LEAST_EVENTS = 50;

/**
 * Trains on windows of different length before the last weeks of a log, and judges those weeks; and compares a model
 * that is left as it was with one that is trained again each week. Every way is judged on the same events, with the same
 * histories and, but for `bare`, the same live counters: those of all events that had passed.
 *
 * @throws {InputError} where the log is shorter than two weeks
 */
export async function retrainingWindow(
  workers: Workers,
  log: EventLog,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  { windows, weeks: mostWeeks, judged: mostJudged, seeds }: WindowOptions,
  progress: Progress,
): Promise<RetrainingWindow> {
  const weeks = weeksOf(log, mostWeeks);
  const [cut] = weeks.cuts;
  const seen = countSeen(log, cut!);
  const judged = weeks.cuts
    .slice(1)
    .map((until, week) => sampleEvents(log, [weeks.cuts[week]!, until], mostJudged));
  const isUsable = (length: number): boolean => {
    const from = weeks.before(length);
    return from !== undefined && cut! - from >= LEAST_EVENTS;
  };
  const lengths = [...windows].toSorted((a, b) => a - b);
  const used = lengths.filter(isUsable);
  const costs = new Map<string, Cost[]>();
  const gains = new Map<string, Float64Array[][]>();
  for (const seed of seeds) {
    const train = (name: string, from: number, until: number): Promise<WindowModel> =>
      trainWindow(workers, log, [from, until], items, schema, { ...options, seed }, (stage, ...rest) =>
        progress(`seed ${seed}, ${name}, ${stage}`, ...rest),
      );
    const ways = await waysOf(log, items, weeks, used, train);
    const found = await gainsOf(
      log,
      judged.flat(),
      [...ways.values()].map(({ method }) => method),
      MEASURES.map((measure) => ({ measure, first: 0 })),
      options.frequencyHalfLife,
      (done, of) => progress(`seed ${seed}, judging`, done, of, 'events'),
    );
    [...ways].forEach(([name, { cost }], m) => {
      costs.set(name, [...(costs.get(name) ?? []), cost]);
      gains.set(name, [...(gains.get(name) ?? []), found[m]!]);
    });
  }
  const isNew = judged.map((events) => events.map((e) => log.item[e]! >= seen));
  const wayOf = wayMaker(isNew, gains, costs, options.seed);
  return {
    protocol: {
      task: 'next item, every item of the log ranked, the last weeks judged; ties at their expected value',
      sequence: log.sequenceKind,
      events: log.count,
      items: log.itemIds.length,
      weeks: round(weeks.inAll),
      trained: round(weeks.inAll - judged.length),
      cut: cut!,
      newItems: log.itemIds.length - seen,
      judged: judged.flat().length,
      seeds,
      intervals:
        '95 %, 1,000 bootstrap resamples of the judged events, the same ones for every way, gains averaged over seeds',
      leftOut: lengths.filter((length) => !isUsable(length)),
    },
    windows: Object.fromEntries([...used.map(String), 'all'].map((name) => [name, wayOf(name, 'all')])),
    upkeep: {
      weekly: wayOf('weekly', 'weekly'),
      frozen: wayOf('all', 'weekly'),
      bare: wayOf('bare', 'weekly'),
    },
  };
}

/**
 * Makes a way of what was found of it, against another.
 *
 * @param gains by way, seed and measure
 */
function wayMaker(
  isNew: readonly (readonly boolean[])[],
  gains: ReadonlyMap<string, readonly (readonly Float64Array[])[]>,
  costs: ReadonlyMap<string, readonly Cost[]>,
  seed: number,
): (name: string, reference: string) => Way {
  const targets = isNew.flat();
  const names = [...gains.keys()];
  const columns = new Map(
    [...gains].map(([name, bySeed]) => [
      name,
      MEASURES.map((_, k) => meanColumn(bySeed.map((found) => found[k]!))),
    ]),
  );
  const pick = (values: Float64Array, of: Targets, [from, until]: readonly [number, number]): Float64Array =>
    values.slice(from, until).filter((_, e) => of === 'all' || targets[from + e]!);
  const everything = [0, targets.length] as const;
  const byTargets = <T>(make: (of: Targets) => T): Record<Targets, T> => ({
    all: make('all'),
    new: make('new'),
  });
  const resampled = byTargets((of) =>
    MEASURES.map((_, k) =>
      resample(
        names.map((name) => pick(columns.get(name)![k]!, of, everything)),
        seed,
      ),
    ),
  );
  const quality = (name: string, of: Targets, events: readonly [number, number]): WeekQuality => {
    const [recall, ndcg] = columns.get(name)!.map((values) => pick(values, of, events));
    return { n: recall!.length, 'recall@20': mean(recall!), 'ndcg@20': mean(ndcg!) };
  };
  const ahead = (name: string, reference: string, of: Targets): Record<Measure, Interval> | null => {
    if (of === 'new' && !targets.includes(true)) return null;
    const [recall, ndcg] = resampled[of].map((found) =>
      lead(found[names.indexOf(name)]!, found[names.indexOf(reference)]!),
    );
    return { 'recall@20': recall!, 'ndcg@20': ndcg! };
  };
  return (name, reference) => ({
    quality: byTargets((of) => quality(name, of, everything)),
    byWeek: isNew.map((events, week) => {
      const from = isNew.slice(0, week).flat().length;
      return byTargets((of) => quality(name, of, [from, from + events.length]));
    }),
    ...(name === reference ? {} : { ahead: byTargets((of) => ahead(name, reference, of)) }),
    cost: meanCost(costs.get(name)!),
  });
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
