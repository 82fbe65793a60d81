import { type Item, placeItem, type Rung, type Schema, SIGNALS, type Signals } from '@evershelf/model';
import { type Interval, lead, resample } from '../evaluate/bootstrap.ts';
import { splitOf } from '../evaluate/evaluate.ts';
import { evershelf, scoredModel } from '../evaluate/evershelf.ts';
import type { Method } from '../evaluate/Method.ts';
import { countSeen } from '../read/countSeen.ts';
import type { EventLog } from '../read/EventLog.ts';
import { InputError } from '../read/InputError.ts';
import type { TrainOptions } from '../train/options.ts';
import { type Progress, type TrainedModel, trainModel } from '../train/trainModel.ts';
import { gainsOf } from './gainsOf.ts';
import { mean } from '../evaluate/mean.ts';
import { meanColumn } from './meanColumn.ts';
import { type OverSeeds, overSeeds } from './overSeeds.ts';
import { sampleEvents } from './sampleEvents.ts';
import type { Workers } from '../workers/Workers.ts';

/** What is known of every new item: nothing, its category, its attributes, and what sold of it since. */
export const STAGES = ['root', 'category', 'attributes', 'live'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * What ranks the items:
 *
 * - `content`: `deep` and `match` alone, by their weights in the mixed head, so that only the ladder makes a difference.
 * - `whole`: the mixed head with all signals; before the stage `live` no event of a new item is counted.
 */
export const SCORES = ['content', 'whole'] as const;
export type ScoreName = (typeof SCORES)[number];

/** The candidates: items without a training event, or all. */
export const AMONG = ['new', 'all'] as const;
type Among = (typeof AMONG)[number];

/** Recall@20 of a stage. */
type StageRecall = Readonly<Record<Among, OverSeeds>>;

/** What a stage is ahead of the one before it, on the same events. */
type Step = Readonly<Record<Among, Interval>> & { readonly from: Stage; readonly to: Stage };

export interface Ladder {
  readonly protocol: {
    readonly task: string;
    readonly sequence: 'session' | 'shopper';
    readonly events: number;
    readonly items: number;
    readonly cut: number;
    /** Items without a training event, by the rung that the ladder places them on with all their attributes. */
    readonly newItems: Readonly<Record<Exclude<Rung, 'known'>, number>>;
    /** Events whose item is new. */
    readonly judged: number;
    readonly seeds: readonly number[];
    readonly intervals: string;
  };
  readonly scores: Readonly<
    Record<
      ScoreName,
      { readonly stages: Readonly<Partial<Record<Stage, StageRecall>>>; readonly steps: readonly Step[] }
    >
  >;
}

/** About how many events are judged. */
const JUDGED = 4000;

/** What of an item is known at a stage. */
const KNOWN_AT: Readonly<Record<Stage, (item: Item) => Item>> = {
  root: ({ id }) => ({ id }),
  category: ({ id, category }) => (category === undefined ? { id } : { id, category }),
  attributes: (item) => item,
  live: (item) => item,
};

/** A stage by a score, as it is judged. */
interface Trial {
  readonly score: ScoreName;
  readonly stage: Stage;
}

/**
 * Trains on the first four fifths of a log, puts every item that comes later on each rung of the ladder in turn, and
 * ranks those that were wanted. A stage that tells nothing more of any new item than the one before it is left out.
 *
 * @param seeds one training each
 * @throws {InputError} where no item comes later, or nothing is known of those that do
 */
export async function ladder(
  workers: Workers,
  log: EventLog,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  seeds: readonly number[],
  progress: Progress,
): Promise<Ladder> {
  const { cut } = splitOf(log);
  const seen = countSeen(log, cut);
  const judged = sampleEvents(log, [cut, log.count], JUDGED, (e) => log.item[e]! >= seen);
  if (judged.length === 0) {
    throw new InputError(
      `found no item that a history turns to after the first ${cut} events and not before, wanted some`,
    );
  }
  const arrived = items.slice(seen, log.itemIds.length);
  let trials: readonly Trial[] = [];
  let newItems = { attributes: 0, category: 0, root: 0 };
  const gains: Float64Array[][][] = [];
  for (const seed of seeds) {
    const model = await trainModel(workers, log, cut, items, schema, { ...options, seed }, (stage, ...rest) =>
      progress(`seed ${seed}, ${stage}`, ...rest),
    );
    if (trials.length === 0) {
      newItems = countRungs(arrived, model);
      trials = trialsFor(arrived, model);
    }
    const methods = trials.map((trial) => methodOf(trial, log, items, model, seen));
    gains.push(
      await gainsOf(
        log,
        judged,
        methods,
        AMONG.map((among) => ({ measure: 'recall@20', first: among === 'new' ? seen : 0 })),
        options.frequencyHalfLife,
        (done, of) => progress(`seed ${seed}, judging`, done, of, 'events'),
      ),
    );
  }
  return {
    protocol: {
      task: 'next item among those that have no event in the first four fifths of the log; ties at their expected value',
      sequence: log.sequenceKind,
      events: log.count,
      items: log.itemIds.length,
      cut,
      newItems,
      judged: judged.length,
      seeds,
      intervals:
        "95 %: of a stage's mean by Student's t over seeds, of a step by 1,000 bootstrap resamples of the events, gains averaged over seeds",
    },
    scores: Object.fromEntries(
      SCORES.map((score) => [score, scoreOf(score, trials, gains, options.seed)]),
    ) as Ladder['scores'],
  };
}

/** The new items by the rung that they stand on with all their attributes. */
function countRungs(arrived: readonly Item[], { vocabulary }: TrainedModel) {
  const rungs = arrived.map((item) => placeItem(item, vocabulary).rung);
  const count = (rung: Rung): number => rungs.filter((each) => each === rung).length;
  return { attributes: count('attributes'), category: count('category'), root: count('root') };
}

/** The stages that tell more of any new item than the stage before, by each score; content has nothing that is live. */
function trialsFor(arrived: readonly Item[], { vocabulary }: TrainedModel): Trial[] {
  const reaches = (stage: 'category' | 'attributes'): boolean =>
    arrived.some((item) => placeItem(KNOWN_AT[stage](item), vocabulary).rung === stage);
  const stages = STAGES.filter((stage) => stage === 'root' || stage === 'live' || reaches(stage));
  if (stages.length === 2)
    throw new InputError('found no attribute of a new item that training reached, wanted some (--items)');
  return SCORES.flatMap((score) =>
    stages.filter((stage) => score === 'whole' || stage !== 'live').map((stage) => ({ score, stage })),
  );
}

function methodOf(
  { score, stage }: Trial,
  log: EventLog,
  items: readonly Item[],
  model: TrainedModel,
  seen: number,
): Method {
  const { vocabulary, heads } = model;
  const weights = score === 'whole' ? heads.mixed : contentOf(heads.mixed);
  const placed = scoredModel(log, items, model, 'mixed', {
    weights,
    place: (item) => placeItem(vocabulary.knowsId(item.id) ? item : KNOWN_AT[stage](item), vocabulary),
  });
  return evershelf(log, placed, { hears: (e) => stage === 'live' || log.item[e]! < seen });
}

/** The weights of a head without all but its content. */
function contentOf({ deep, match }: Signals): Signals {
  const none = Object.fromEntries(SIGNALS.map((signal) => [signal, 0])) as Record<
    (typeof SIGNALS)[number],
    number
  >;
  return { ...none, deep, match };
}

/** @param gains by seed, trial and candidates */
function scoreOf(
  score: ScoreName,
  trials: readonly Trial[],
  gains: readonly (readonly (readonly Float64Array[])[])[],
  seed: number,
): Ladder['scores'][ScoreName] {
  const own = trials.flatMap((trial, m) => (trial.score === score ? [{ ...trial, m }] : []));
  const columns = (m: number, among: number): Float64Array[] => gains.map((bySeed) => bySeed[m]![among]!);
  const resampled = AMONG.map((_, among) =>
    resample(
      own.map(({ m }) => meanColumn(columns(m, among))),
      seed,
    ),
  );
  const byAmong = <T>(make: (among: number) => T): Record<Among, T> => ({ new: make(0), all: make(1) });
  return {
    stages: Object.fromEntries(
      own.map(({ stage, m }) => [stage, byAmong((among) => overSeeds(columns(m, among).map(mean)))]),
    ),
    steps: own.slice(1).map(({ stage }, k) => ({
      from: own[k]!.stage,
      to: stage,
      ...byAmong((among) => lead(resampled[among]![k + 1]!, resampled[among]![k]!)),
    })),
  };
}
