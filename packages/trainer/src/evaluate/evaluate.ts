import type { Item, Schema } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import type { TrainOptions } from '../train/options.ts';
import { type Progress, trainModel } from '../train/trainModel.ts';
import { evershelf } from './evershelf.ts';
import { itemKnn, similarities } from './itemKnn.ts';
import { judge, type Slices } from './judge.ts';
import type { Method } from './Method.ts';
import { popularity, recentPopularity } from './popularity.ts';
import { PUSH_DOWN } from './pushDown.ts';

/** How a log was split and judged. */
export interface Protocol {
  readonly task: string;
  readonly sequence: 'session' | 'shopper';
  readonly events: number;
  readonly items: number;
  readonly cut: number;
  readonly judged: number;
  readonly every: number;
  readonly seed: number;
}

export interface Evaluation {
  readonly protocol: Protocol;
  readonly methods: Readonly<
    Record<string, Slices & { readonly trainSeconds: number; readonly options: object }>
  >;
}

/** Share of the events that methods train on. */
const TRAIN_SHARE = 0.8;
/** Share of those after which hyper-parameters are chosen. */
const FIT_SHARE = 0.9;
/** About how many test events are judged, and how many validation events a baseline is tuned on. */
const JUDGED = 20_000;
const TUNED_ON = 1_000;

/** A baseline: by what it may be tuned, and how it is made from a log's first `until` events. */
interface Baseline {
  readonly name: string;
  readonly grid: readonly object[];
  /** Makes the method for each of the grid's options, given the events before `until`. */
  prepare(until: number): (at: number) => Method;
}

/**
 * Evaluates the model and its baselines on the last fifth of a log. Whatever is tuned is tuned on the last tenth of the
 * first four fifths.
 */
export async function evaluate(
  log: EventLog,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  progress: Progress,
): Promise<Evaluation> {
  const cut = Math.floor(TRAIN_SHARE * log.count);
  const every = Math.max(1, Math.floor((log.count - cut) / JUDGED));
  const entries: { name: string; method: Method; trainSeconds: number; options: object }[] = [];

  const began = performance.now();
  const model = await trainModel(log, cut, items, schema, options, progress);
  const trainSeconds = seconds(began);
  entries.push({
    name: 'evershelf',
    method: evershelf(log, items, model, 'mixed'),
    trainSeconds,
    options: { ...options, weights: model.heads.mixed },
  });
  for (const baseline of baselines(log)) entries.push(await tuned(log, cut, baseline, options, progress));

  const slices = await judge(
    log,
    { cut, until: log.count, every },
    entries.map(({ method }) => method),
    options.frequencyHalfLife,
    (done, of) => progress('judging', done, of, 'events'),
  );
  const methods = Object.fromEntries(
    entries.map(({ name, trainSeconds: took, options: chosen }, m) => [
      name,
      { ...slices[m]!, trainSeconds: took, options: chosen },
    ]),
  );
  return {
    protocol: {
      task: 'next item, every item of the log ranked, split by time, ties against the target',
      sequence: log.sequenceKind,
      events: log.count,
      items: log.itemIds.length,
      cut,
      judged: slices[0]!.all.n,
      every,
      seed: options.seed,
    },
    methods,
  };
}

function baselines(log: EventLog): Baseline[] {
  const push = PUSH_DOWN.map((each) => ({ push: each }));
  const recent = [1, 3, 7, 14, 30, 60].flatMap((days) => push.map((each) => ({ days, ...each })));
  const shared = (['session', 'history'] as const)
    .filter((within) => within === 'session' || log.sequenceKind === 'shopper')
    .flatMap((within) =>
      [0, 1].flatMap((damping) => [0.5, 0.2].map((power) => ({ within, damping, power }))),
    );
  const knn = shared.flatMap((similarity) =>
    [5, 50].flatMap((context) =>
      [1, 0.8].flatMap((decay) => push.map((each) => ({ similarity, context, decay, ...each }))),
    ),
  );
  return [
    { name: 'popularity', grid: push, prepare: (until) => (at) => popularity(log, until, push[at]!) },
    { name: 'recentPopularity', grid: recent, prepare: () => (at) => recentPopularity(log, recent[at]!) },
    {
      name: 'itemKnn',
      grid: knn,
      prepare: (until) => {
        const similar = new Map(shared.map((each) => [each, similarities(log, until, each)]));
        return (at) => itemKnn(log, until, similar.get(knn[at]!.similarity)!, knn[at]!);
      },
    },
  ];
}

/** Chooses a baseline's options by NDCG@20 on the last tenth of the training events, and makes it from all of them. */
async function tuned(
  log: EventLog,
  cut: number,
  baseline: Baseline,
  options: TrainOptions,
  progress: Progress,
) {
  const fit = Math.floor(FIT_SHARE * cut);
  const make = baseline.prepare(fit);
  const every = Math.max(1, Math.floor((cut - fit) / TUNED_ON));
  const found = await judge(
    log,
    { cut: fit, until: cut, every },
    baseline.grid.map((_, at) => make(at)),
    options.frequencyHalfLife,
    (done, of) => progress(`tuning ${baseline.name}`, done, of, 'events'),
  );
  const scores = found.map((slices) => slices.all['ndcg@20']);
  const best = scores.indexOf(Math.max(...scores));
  const began = performance.now();
  const method = baseline.prepare(cut)(best);
  return { name: baseline.name, method, trainSeconds: seconds(began), options: baseline.grid[best]! };
}

function seconds(began: number): number {
  return Math.round(performance.now() - began) / 1000;
}
