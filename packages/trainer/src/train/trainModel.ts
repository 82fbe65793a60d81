import {
  type ContextWeights,
  type Edges,
  type Intent,
  INTENTS,
  type Item,
  levels,
  packItems,
  placeItem,
  quantiseMatch,
  quantiseRows,
  type Schema,
  type Signals,
  type Tables,
  type Validation,
  type Vocabulary,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { chooseRecipe, edgesBy } from '../edges/fitEdges.ts';
import { countSeen } from '../read/countSeen.ts';
import { sequenceItems } from '../read/sequenceItems.ts';
import { collect } from '../workers/collect.ts';
import { shared } from '../workers/shared.ts';
import type { Workers } from '../workers/Workers.ts';
import { contextWeightsOf } from './contextTable.ts';
import { fitSignals } from './fitSignals.ts';
import { itemVariants } from './ItemVariants.ts';
import { matchWeights } from './matchWeights.ts';
import { edgesFor, epochsFor, tableRowsFor, type TrainOptions } from './options.ts';
import { trainedRows } from './RowAdagrad.ts';
import type { Stage } from './stages.ts';
import type { TowerTables } from './twoTower.ts';

/** A model in memory: what scoring needs, and what it recognises. */
export interface TrainedModel {
  readonly tables: Tables;
  readonly heads: Readonly<Record<Intent, Signals>>;
  readonly edges: Edges;
  readonly contextWeights: ContextWeights;
  readonly edgeDecay: number;
  readonly frequencyHalfLife: number;
  readonly vocabulary: Vocabulary;
  /** Levels of category paths that have a trained unknown token. */
  readonly categories: readonly string[];
  readonly validation: Readonly<Record<Intent, Validation | null>>;
}

/** Told of each stage of a long job and how far it is; `unit` is what is counted. The job waits for it. */
export type Progress = (stage: string, done: number, of: number, unit: string) => void | Promise<void>;

/** Share of the events that the first fit of the tables sees; the signal weights are fitted on the rest. */
const FIT_SHARE = 0.9;
/** Steps of a row's largest number: 11 rank held-out events as well as 127, in little more than half the bits. */
const STEPS = 11;

/**
 * Trains on the first `until` events of a log. The tables are trained on the first nine tenths, the weights of the
 * signals on how they then rank the last tenth, and the tables on that tenth as well. The model is the same whatever the
 * number of workers.
 *
 * @param items by the log's item numbers; those without an event before `until` stay unknown
 * @param stage makes the result of a stage, or knows it; default is to make it
 */
export async function trainModel(
  workers: Workers,
  asRead: EventLog,
  until: number,
  items: readonly Item[],
  schema: Schema,
  options: TrainOptions,
  progress: Progress,
  stage: Stage = (_, make) => make(),
): Promise<TrainedModel> {
  const log = shared(asRead);
  const { seed, dim, frequencyHalfLife } = options;
  const seen = countSeen(log, until);
  const trained = items.slice(0, seen);
  const tableRows = tableRowsFor(options, seen);
  const kept = edgesFor(options, seen);
  const split = Math.floor(FIT_SHARE * until);
  const order = shared(sequenceItems(log));
  const tower = {
    log,
    end: until,
    variants: shared(itemVariants(trained, schema, tableRows)),
    rows: tableRows,
    dim,
    options,
    epochs: epochsFor(options, until),
  };
  const [early, { recipe, edges: earlyEdges }, passed] = await Promise.all([
    stage('two-tower', () =>
      workers.run('trainTower', { ...tower, range: [0, split], seed }, (done, of) =>
        progress('two-tower', done, of, 'moments'),
      ),
    ),
    stage('edges', () =>
      chooseRecipe(workers, log, order, [split, until], seen, kept, (done, of) =>
        progress('edges', done, of, 'parts'),
      ),
    ),
    workers.run('passEvents', { log, items: seen, until: split }),
  ]);
  collect();
  const { steps, scale } = quantiseMatch(matchWeights(trained, schema, tableRows));
  const match = Float32Array.from(steps, (step) => step * scale);
  const { tables, vocabulary } = finish(early, match, trained, countSeen(log, split), schema);
  const model = shared({
    tables,
    index: packItems(trained.map((item) => placeItem(item, vocabulary))),
    edges: earlyEdges,
    contextWeights: contextWeightsOf(early.weights, log.kinds),
    edgeDecay: recipe.decay,
  });
  const [late, edges, heads] = await Promise.all([
    stage('two-tower, latest tenth', () =>
      workers.run(
        'trainTower',
        { ...tower, range: [split, until], seed: seed + 1, tables: early },
        (done, of) => progress('two-tower, latest tenth', done, of, 'moments'),
      ),
    ),
    stage('edges of all events', () =>
      edgesBy(workers, recipe, log, until, seen, kept, (done, of) =>
        progress('edges of all events', done, of, 'parts'),
      ),
    ),
    stage('signals', () =>
      fitSignals(
        workers,
        {
          log,
          order,
          model,
          frequencyHalfLife,
          range: [split, until],
          most: options.headEvents,
          without: options.without,
          seed,
          passed,
        },
        (done, of) => progress('signals', done, of, 'samples'),
      ),
    ),
  ]);
  collect();
  return {
    ...finish(late, match, trained, seen, schema),
    edges,
    heads: byIntent((intent) => heads[intent].weights),
    contextWeights: contextWeightsOf(late.weights, log.kinds),
    edgeDecay: recipe.decay,
    frequencyHalfLife,
    validation: byIntent((intent) => heads[intent].validation),
  };
}

function byIntent<T>(make: (intent: Intent) => T): Record<Intent, T> {
  return Object.fromEntries(INTENTS.map((intent) => [intent, make(intent)])) as Record<Intent, T>;
}

function finish(
  tower: TowerTables,
  match: Float32Array,
  items: readonly Item[],
  known: number,
  schema: Schema,
): { tables: Tables; vocabulary: Vocabulary; categories: string[] } {
  const tableRows = match.length;
  const dim = tower.item.weights.length / tableRows;
  const quantised = {
    context: quantiseRows(trainedRows(tower.context), dim, STEPS),
    item: quantiseRows(trainedRows(tower.item), dim, STEPS),
  };
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
