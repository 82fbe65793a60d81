import type { Item, Schema } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { InputError } from '../read/InputError.ts';
import type { TrainOptions } from '../train/options.ts';
import { type Progress, trainModel } from '../train/trainModel.ts';
import { shared } from '../workers/shared.ts';
import type { Workers } from '../workers/Workers.ts';
import { BASELINES } from './Baseline.ts';
import { baselines } from './baselines.ts';
import type { Beyond } from './beyond.ts';
import { blend, fitBlend } from './blend.ts';
import { bootstrap, type Intervals } from './bootstrap.ts';
import { byHistory, type HistoryQuality } from './byHistory.ts';
import { evershelf, type ScoredModel, scoredModel } from './evershelf.ts';
import { judgedBy, type JudgedEvents, judgedEvents, type Judging, type Slices } from './judge.ts';
import type { Method } from './Method.ts';
import { HEADS, type HeadName, type MethodName, METHODS } from './methods.ts';
import { pushDown } from './pushDown.ts';
import { rankEvents, type Ranks } from './rankEvents.ts';
import { rankInParts } from './rankModel.ts';
import { methodOf, seconds, type Split, type Tuned, tuned } from './tuned.ts';

/** How a log was split and judged. */
export interface Protocol {
  readonly task: string;
  readonly sequence: 'session' | 'shopper';
  readonly events: number;
  readonly items: number;
  readonly cut: number;
  readonly judged: number;
  readonly every: number;
  /** Every how many judged events coverage, novelty and popularity bias look at the first 20 items. */
  readonly lists: number;
  /** What the intervals are. */
  readonly intervals: string;
  readonly seed: number;
}

/** What a method is said of in an evaluation. */
type Evaluated = Slices & {
  /** Of the means of `all`. */
  readonly interval: Intervals;
  /** What evershelf is ahead of it, on the same events; left out for evershelf, and where it was not judged. */
  readonly difference?: Intervals;
  readonly beyond: Beyond;
  readonly byHistory: readonly HistoryQuality[];
  readonly trainSeconds: number;
  readonly options: object;
};

export interface Evaluation {
  readonly protocol: Protocol;
  readonly methods: Readonly<Record<string, Evaluated>>;
}

/** Share of the events that methods train on. */
const TRAIN_SHARE = 0.8;
/** Share of those after which hyper-parameters are chosen. */
const FIT_SHARE = 0.9;
/** About how many test events are judged, and how many of their lists of items are looked at. */
const JUDGED = 20_000;
const LISTS = 5_000;

/** A method that is ready to be judged. */
interface Entry {
  readonly name: MethodName;
  /** Makes the method, as it is before the log's first event. */
  readonly open: () => Method;
  /** The model behind the method, where it is one: workers rank by it, each with a method of its own. */
  readonly model?: ScoredModel;
  readonly trainSeconds: number;
  readonly options: object;
}

/**
 * Evaluates the model and its baselines on the last fifth of a log. Whatever is tuned is tuned on the last tenth of the
 * first four fifths.
 *
 * @param wanted the methods that are judged; the blend is made of all baselines, also of those that are not
 * @throws {InputError} where a wanted method has nothing to work on
 */
export async function evaluate(
  workers: Workers,
  log: EventLog,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  progress: Progress,
  wanted: readonly MethodName[] = METHODS,
): Promise<Evaluation> {
  const { cut } = splitOf(log);
  const every = Math.max(1, Math.floor((log.count - cut) / JUDGED));
  const entries = await contestants(workers, log, items, schema, options, progress, wanted);
  const lists = Math.max(1, Math.floor((log.count - cut) / every / LISTS));
  const judging = { cut, until: log.count, every, lists };
  const judged = judgedEvents(log, judging);
  const { sizes } = judged;
  const ranks = await rankAll(workers, log, judging, judged, entries, options.frequencyHalfLife, progress);
  const methods = ranks.map((own) => judgedBy(log, cut, judged, own));
  const intervals = bootstrap(
    methods.map((method) => method.ranks),
    options.seed,
  );
  const evaluated = entries.map(({ name, trainSeconds, options: chosen }, m) => {
    const { slices, beyond, ranks } = methods[m]!;
    const { own, lead } = intervals[m]!;
    const difference = m > 0 && entries[0]!.name === 'evershelf' ? { difference: lead } : {};
    const method = { ...slices, interval: own, ...difference, beyond, byHistory: byHistory(ranks, sizes) };
    return [name, { ...method, trainSeconds, options: chosen }] as const;
  });
  return {
    protocol: {
      task: 'next item, every item of the log ranked, split by time, ties against the target',
      sequence: log.sequenceKind,
      events: log.count,
      items: log.itemIds.length,
      cut,
      judged: sizes.length,
      every,
      lists,
      intervals: '95 %, 1,000 bootstrap resamples of the judged events, the same ones for every method',
      seed: options.seed,
    },
    methods: Object.fromEntries(evaluated),
  };
}

/** Ranks judged events by every method: workers by the models, meanwhile this thread by all others. */
async function rankAll(
  workers: Workers,
  log: EventLog,
  judging: Judging,
  { events }: JudgedEvents,
  entries: readonly Entry[],
  frequencyHalfLife: number,
  progress: Progress,
): Promise<Ranks[]> {
  const ranking = shared({ log: shared(log), judging, events, frequencyHalfLife });
  const byModel = entries.flatMap(({ name, model }) =>
    model === undefined
      ? []
      : [
          rankInParts(workers, { ...ranking, model: shared(model) }, (done, of) =>
            progress(`judging ${name}`, done, of, 'events'),
          ),
        ],
  );
  const others = entries.filter(({ model }) => model === undefined).map(({ open }) => open());
  const byMethod = rankEvents(
    log,
    judging,
    events,
    [0, others.length > 0 ? events.length : 0],
    others,
    frequencyHalfLife,
    (done, of) => progress('judging baselines', done, of, 'events'),
  );
  const [models, methods] = await Promise.all([Promise.all(byModel), byMethod]);
  return [...models, ...methods];
}

export function splitOf(log: EventLog): Split {
  const cut = Math.floor(TRAIN_SHARE * log.count);
  return { fit: Math.floor(FIT_SHARE * cut), cut };
}

/** The wanted methods, trained and tuned on the training part of a log; no event from the cut on has passed them. */
export async function contestants(
  workers: Workers,
  log: EventLog,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  progress: Progress,
  wanted: readonly MethodName[] = METHODS,
): Promise<Entry[]> {
  const split = splitOf(log);
  const entries = await rivals(log, split, items, schema, options, progress, wanted);
  // In a session little comes twice, so that its shelf discovers anyway.
  const asked = wanted !== METHODS || log.sequenceKind === 'shopper' ? wanted : ['evershelf'];
  const heads = (Object.keys(HEADS) as HeadName[]).filter((name) => asked.includes(name));
  if (heads.length === 0) return entries;
  const began = performance.now();
  const model = await trainModel(workers, log, split.cut, items, schema, options, progress);
  const trainSeconds = seconds(began);
  const own = heads.map((name): Entry => {
    const intent = HEADS[name];
    const chosen = { ...options, weights: model.heads[intent] };
    const scored = scoredModel(log, items, model, intent);
    return { name, open: () => evershelf(log, scored), model: scored, trainSeconds, options: chosen };
  });
  return [...own, ...entries];
}

/** The wanted baselines, tuned, and their blend. */
async function rivals(
  log: EventLog,
  split: Split,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  progress: Progress,
  wanted: readonly MethodName[],
): Promise<Entry[]> {
  const usable = baselines(log, items, schema);
  const left = BASELINES.filter(
    (name) => wanted.includes(name) && !usable.some((each) => each.name === name),
  );
  if (left.length > 0 && wanted !== METHODS) {
    throw new InputError(`${left.join(', ')}: found no attributes of items, wanted some (--items)`);
  }
  const all: Tuned[] = [];
  for (const baseline of usable) {
    if (!wanted.includes(baseline.name) && !wanted.includes('blend')) continue;
    all.push(
      await tuned(log, split, baseline, options.frequencyHalfLife, (done, of) =>
        progress(`tuning ${baseline.name}`, done, of, 'events'),
      ),
    );
  }
  const entries: Entry[] = all
    .filter(({ name }) => wanted.includes(name))
    .map((each) => ({ ...each, open: () => methodOf(each) }));
  if (wanted.includes('blend')) {
    const began = performance.now();
    const { weights, push } = await fitBlend(
      log,
      split,
      all,
      options.frequencyHalfLife,
      options.seed,
      (done, of) => progress('tuning blend', done, of, 'events'),
    );
    const open = (): Method =>
      pushDown(
        push,
        blend(
          all.map(({ late }) => late),
          weights,
        ),
      );
    const named = all.map(({ name }, m) => [name, [...weights.subarray(2 * m, 2 * m + 2)]] as const);
    entries.push({
      name: 'blend',
      open,
      trainSeconds: seconds(began) + all.reduce((sum, { trainSeconds }) => sum + trainSeconds, 0),
      options: { push, weights: Object.fromEntries(named) },
    });
  }
  return entries;
}
