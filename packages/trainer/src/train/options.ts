/** Everything that training can be told, with its defaults; the command line shows the same ones. */
export const TRAIN_DEFAULTS = {
  /** Seed of all randomness: the same input and seed give the same bytes. */
  seed: 1,
  /** Passes over the events. */
  epochs: 3,
  /** Numbers in a row of the tables, a multiple of 4. */
  dim: 32,
  /** Rows of the tables, a power of two; 0 takes about one for each 1.33 items, at least 4,096. */
  rows: 0,
  learningRate: 0.05,
  /** Negatives that the contexts of a batch share. */
  negatives: 256,
  /** Contexts that move the tables together. */
  batch: 32,
  /** Weight that a context item loses with each later moment. */
  contextDecay: 0.85,
  /** Half-life of the shopper's own counts, in days. */
  frequencyHalfLife: 60,
  /** Events of the last tenth of the training time that the signal weights are fitted on. */
  headEvents: 1500,
};

export type TrainOptions = typeof TRAIN_DEFAULTS;

const ITEMS_PER_ROW = 1.33;
const LEAST_ROWS = 4096;

/** The rows of the tables for a number of items, where the options leave them open. */
export function tableRowsFor(options: TrainOptions, items: number): number {
  if (options.rows > 0) return options.rows;
  return Math.max(LEAST_ROWS, 2 ** Math.ceil(Math.log2(items / ITEMS_PER_ROW)));
}
