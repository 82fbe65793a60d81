import {
  type Edges,
  type Intent,
  INTENTS,
  type Item,
  levels,
  packItems,
  placeItem,
  quantiseRows,
  type Schema,
  type Signals,
  type Tables,
  type Validation,
  type Vocabulary,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';

import { chooseRecipe, edgesBy } from '../edges/fitEdges.ts';
import { fitSignals } from './fitSignals.ts';
import { histories } from './Histories.ts';
import { itemVariants } from './ItemVariants.ts';
import { liveCounters } from './LiveCounters.ts';
import { livePairs } from './LivePairs.ts';
import { matchWeights } from './matchWeights.ts';
import { type Negatives, negativesOf } from './negatives.ts';
import { epochsFor, tableRowsFor, type TrainOptions } from './options.ts';
import { seededRandom, shuffle } from './random.ts';
import { type Steps, stepsOf } from './steps.ts';
import { type TwoTower, twoTower } from './twoTower.ts';

/** A model in memory: what scoring needs, and what it recognises. */
export interface TrainedModel {
  readonly tables: Tables;
  readonly heads: Readonly<Record<Intent, Signals>>;
  readonly edges: Edges;
  readonly contextDecay: number;
  readonly edgeDecay: number;
  readonly frequencyHalfLife: number;
  readonly vocabulary: Vocabulary;
  /** Levels of category paths that have a trained unknown token. */
  readonly categories: readonly string[];
  readonly validation: Readonly<Record<Intent, Validation | null>>;
}

/** Told of each stage of a long job and how far it is; `unit` is what is counted. The job waits for it. */
export type Progress = (stage: string, done: number, of: number, unit: string) => void | Promise<void>;

/** Moments between two reports of progress. */
const SLICE = 1024;

/** Share of the events that the first fit of the tables sees; the signal weights are fitted on the rest. */
const FIT_SHARE = 0.9;

/**
 * Trains on the first `until` events of a log. The tables are trained on the first nine tenths, the weights of the
 * signals on how they then rank the last tenth, and the tables on that tenth as well.
 *
 * @param items by the log's item numbers; those without an event before `until` stay unknown
 */
export async function trainModel(
  log: EventLog,
  until: number,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  progress: Progress,
): Promise<TrainedModel> {
  const random = seededRandom(options.seed);
  const seen = countSeen(log, until);
  const trained = items.slice(0, seen);
  const tableRows = tableRowsFor(options, seen);
  const variants = itemVariants(trained, schema, tableRows);
  const tower = twoTower(variants, { ...options, tableRows }, random);
  const steps = stepsOf(log, until);
  const match = matchWeights(trained, schema, tableRows);
  const { contextDecay, frequencyHalfLife } = options;
  const epochs = epochsFor(options, until);

  const split = Math.floor(FIT_SHARE * until);
  const { recipe, edges: earlyEdges } = await chooseRecipe(log, [split, until], seen, (done, of) =>
    progress('edges', done, of, 'recipes'),
  );
  await trainTower(
    tower,
    log,
    negativesOf(log, split, seen),
    steps,
    (last) => last < split,
    epochs,
    random,
    (done, of) => progress('two-tower', done, of, 'moments'),
  );
  const early = finish(tower, match, tableRows, options.dim, trained, countSeen(log, split), schema);
  const index = packItems(trained.map((item) => placeItem(item, early.vocabulary)));
  const state = {
    tables: early.tables,
    index,
    edges: earlyEdges,
    contextDecay,
    edgeDecay: recipe.decay,
    histories: histories(log, frequencyHalfLife),
    counters: liveCounters(seen),
    pairs: livePairs(log, seen),
  };
  for (let e = 0; e < split; e++) {
    state.histories.add(e);
    state.counters.add(log.item[e]!, log.time[e]!);
    state.pairs.add(e);
  }
  const heads = await fitSignals(log, [split, until], options.headEvents, state, random, (done, of) =>
    progress('signals', done, of, 'events'),
  );
  await trainTower(
    tower,
    log,
    negativesOf(log, until, seen),
    steps,
    (last) => last >= split,
    epochs,
    random,
    (done, of) => progress('two-tower, latest tenth', done, of, 'moments'),
  );
  const final = finish(tower, match, tableRows, options.dim, trained, seen, schema);
  const edges = edgesBy(recipe, log, until, seen);
  return {
    ...final,
    edges,
    heads: byIntent((intent) => heads[intent].weights),
    contextDecay,
    edgeDecay: recipe.decay,
    frequencyHalfLife,
    validation: byIntent((intent) => heads[intent].validation),
  };
}

function byIntent<T>(make: (intent: Intent) => T): Record<Intent, T> {
  return Object.fromEntries(INTENTS.map((intent) => [intent, make(intent)])) as Record<Intent, T>;
}

/** Items are numbered by their first event: those of the first `until` events are 0 to this number - 1. */
function countSeen(log: EventLog, until: number): number {
  let seen = 0;
  for (let e = 0; e < until; e++) seen = Math.max(seen, log.item[e]! + 1);
  return seen;
}

async function trainTower(
  tower: TwoTower,
  log: EventLog,
  negatives: Negatives,
  steps: Steps,
  takes: (lastEvent: number) => boolean,
  epochs: number,
  random: () => number,
  progress: (done: number, of: number) => void | Promise<void>,
): Promise<void> {
  const all = Uint32Array.from({ length: steps.count }, (_, m) => m);
  const order = all.filter((m) => takes(steps.events[steps.start[m + 1]! - 1]!));
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += SLICE) {
      tower.train(log, negatives, steps, order.subarray(from, from + SLICE));
      await progress(epoch * order.length + Math.min(from + SLICE, order.length), epochs * order.length);
    }
  }
}

function finish(
  tower: TwoTower,
  match: Float32Array,
  tableRows: number,
  dim: number,
  items: readonly Item[],
  known: number,
  schema: Schema,
): { tables: Tables; vocabulary: Vocabulary; categories: string[] } {
  const { context, item } = tower.tables();
  const quantised = { context: quantiseRows(context, dim), item: quantiseRows(item, dim) };
  const tables: Tables = {
    rows: tableRows,
    dim,
    context: quantised.context.int8,
    contextScale: quantised.context.scale,
    item: quantised.item.int8,
    itemScale: quantised.item.scale,
    match,
  };
  const ids = new Set(items.slice(0, known).map((each) => each.id));
  const categories = new Set(items.slice(0, known).flatMap((each) => levels(each.category ?? [])));
  const vocabulary: Vocabulary = {
    schema,
    tableRows,
    knowsId: (id) => ids.has(id),
    knowsCategory: (level) => categories.has(level),
    knowsRow: (row) => tables.itemScale[row]! > 0,
  };
  return { tables, vocabulary, categories: [...categories].toSorted() };
}
