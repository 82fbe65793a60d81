import { MAX_EDGES, type Signal } from '@evershelf/model';

/** Everything that training can be told, with its defaults; the command line shows the same ones. */
export const TRAIN_DEFAULTS = {
  /** Seed of all randomness: the same input and seed give the same bytes. */
  seed: 1,
  /** Passes over the events; 0 takes 1 to 5, the fewer the longer the log is. */
  epochs: 0,
  /** Numbers in a row of the tables, a multiple of 4. */
  dim: 32,
  /** Rows of the tables, a power of two; 0 takes at least three for each four items, and at least 4,096. */
  rows: 0,
  /** Edges that an item keeps on average, at most 64; 0 takes 16, and more where there are few items. */
  edges: 0,
  learningRate: 0.05,
  /** Negatives that the contexts of a batch share. */
  negatives: 256,
  /** Contexts that move the tables together. */
  batch: 32,
  /** What is left of a context item's weight for each later moment, before it is learned. */
  contextDecay: 0.85,
  /** Half-life of the shopper's own counts, in days. */
  frequencyHalfLife: 60,
  /** Events of the last tenth of the training time that the signal weights are fitted on. */
  headEvents: 5000,
  /** Signals that no head reads. */
  without: [] as readonly Signal[],
};

export type TrainOptions = typeof TRAIN_DEFAULTS;

/** Of fewer events than this a model of the items alone has been the better one (docs/experiments/feed.md). */
export const FEW_EVENTS = 1000;

/** Events that training passes over in all, where the options leave the epochs open. */
const EVENTS_IN_ALL = 1_500_000;
const MOST_EPOCHS = 5;

const LEAST_ROWS = 4096;
const ITEMS_A_ROW = 4 / 3;

/** The rows of the tables for a number of items, where the options leave them open. */
export function tableRowsFor(options: TrainOptions, items: number): number {
  if (options.rows > 0) return options.rows;
  return Math.max(LEAST_ROWS, 2 ** Math.ceil(Math.log2(items / ITEMS_A_ROW)));
}

const LEAST_EDGES = 16;
/** Edges that any shop may have: a small one has bytes to spare. */
const EDGES_IN_ALL = 300_000;

/** The edges that an item keeps on average, where the options leave them open. */
export function edgesFor(options: TrainOptions, items: number): number {
  if (options.edges > 0) return options.edges;
  return Math.min(MAX_EDGES, Math.max(LEAST_EDGES, EDGES_IN_ALL / items));
}

/** The passes over a number of events, where the options leave them open. */
export function epochsFor(options: TrainOptions, events: number): number {
  if (events === 0) return 0;
  if (options.epochs > 0) return options.epochs;
  return Math.min(MOST_EPOCHS, Math.max(1, Math.round(EVENTS_IN_ALL / events)));
}
