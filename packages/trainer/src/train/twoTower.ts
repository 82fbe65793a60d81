import { MAX_ROWS } from '@evershelf/model';
import { type ContextTable, newContextTable } from './contextTable.ts';
import type { EventLog } from '../read/EventLog.ts';
import { drawVariant, type ItemVariants } from './ItemVariants.ts';
import type { Negatives } from './negatives.ts';
import type { Random } from './random.ts';
import { shuffle } from './random.ts';
import { MAX_CONTEXT, trainingContext } from './trainingContext.ts';
import { openKernels } from './kernels.ts';
import { type AdagradTable, newTable, rowAdagrad } from './RowAdagrad.ts';
import type { Steps } from './steps.ts';

export interface TwoTowerOptions {
  readonly learningRate: number;
  /** Negatives that the contexts of a batch share. */
  readonly negatives: number;
  /** Contexts that move the tables together. */
  readonly batch: number;
  /** What is left of a context item's weight for each later moment, in (0, 1], before it is learned. */
  readonly contextDecay: number;
}

export interface TwoTower {
  /**
   * Trains on the given moments of a log, in their order.
   *
   * @returns mean loss, in nats; an untrained model has about ln(negatives + 1)
   */
  train(log: EventLog, negatives: Negatives, steps: Steps, order: Uint32Array): number;
  /** Writes what was trained into the tables. */
  save(): void;
}

/** The two tables, rows x dim each, and how much each part of a history says. */
export interface TowerTables {
  readonly context: AdagradTable;
  readonly item: AdagradTable;
  readonly weights: ContextTable;
}

/** Most targets of a basket that one training example has. */
const MAX_TARGETS = 6;
/** Share of moments without any history that are trained on, for shoppers of whom nothing is known. */
const COLD_START = 0.3;
const INITIAL_SCALE = 0.05;
/** A negative that pulls less than this teaches nothing. */
const LEAST_PULL = 1e-5;

/**
 * @param rows a power of two
 * @param kinds how many kinds of events there are
 */
export function newTables(
  rows: number,
  dim: number,
  contextDecay: number,
  kinds: number,
  random: Random,
): TowerTables {
  const context = newTable(rows, dim, INITIAL_SCALE, random);
  const item = newTable(rows, dim, INITIAL_SCALE, random);
  return { context, item, weights: newContextTable(contextDecay, kinds) };
}

/**
 * The hashed two-tower: context rows make the query vector, item rows the item vector, their dot product the logit
 * (Covington et al. 2016). A context item weighs by its age, its gap and its kind, all learned with the rows. Trained by
 * sampled softmax with the logQ correction (Bengio and Senecal 2008; Yi et al. 2019, section 3) over negatives that a
 * batch shares. A basket is split at random into context and targets.
 *
 * @param tables where training begins, and `save` writes to
 */
export function twoTower(
  tables: TowerTables,
  variants: ItemVariants,
  options: TwoTowerOptions,
  random: Random,
): TwoTower {
  const { negatives: sampled, batch, learningRate } = options;
  const tableRows = tables.item.squares.length;
  const dim = tables.item.weights.length / tableRows;
  const row = dim * Float32Array.BYTES_PER_ELEMENT;
  const { start: variantStart, rows: variantRows } = variants;
  const size = { table: tableRows * dim, rows: tableRows, negatives: sampled * dim };
  const { run, arrays } = openKernels({
    contextWeights: [Float32Array, size.table],
    contextGradient: [Float32Array, size.table],
    contextSquares: [Float32Array, size.rows],
    contextQueue: [Uint32Array, size.rows],
    itemWeights: [Float32Array, size.table],
    itemGradient: [Float32Array, size.table],
    itemSquares: [Float32Array, size.rows],
    itemQueue: [Uint32Array, size.rows],
    variantRows: [Uint32Array, variantRows.length],
    ones: [Float32Array, MAX_ROWS],
    errors: [Float32Array, MAX_ROWS],
    negativeVectors: [Float32Array, size.negatives],
    negativeGradients: [Float32Array, size.negatives],
    negativeWeights: [Float32Array, sampled],
    target: [Float32Array, dim],
    targetLogit: [Float32Array, 1],
    user: [Float32Array, dim],
    userGradient: [Float32Array, dim],
    contextRows: [Uint32Array, 1 + MAX_CONTEXT * MAX_ROWS],
    contextRowWeights: [Float32Array, 1 + MAX_CONTEXT * MAX_ROWS],
  });
  const { user, userGradient, target: targetVector, errors } = arrays;
  const rowIds = new Uint32Array(arrays.variantRows.values.buffer);
  const tableOf = (name: 'context' | 'item') => ({
    weights: arrays[`${name}Weights`],
    gradient: arrays[`${name}Gradient`],
    squares: arrays[`${name}Squares`],
    queue: arrays[`${name}Queue`],
  });
  const context = rowAdagrad(run, tableOf('context'), rowIds, learningRate);
  const item = rowAdagrad(run, tableOf('item'), rowIds, learningRate);
  for (const name of ['context', 'item'] as const) {
    arrays[`${name}Weights`].values.set(tables[name].weights);
    arrays[`${name}Squares`].values.set(tables[name].squares);
  }
  arrays.variantRows.values.set(variantRows);
  arrays.ones.values.fill(1);

  const negativeItem = new Uint32Array(sampled);
  const negativeVariant = new Uint32Array(sampled);
  const negativeWeight = arrays.negativeWeights.values;
  const told = trainingContext(
    { rows: arrays.contextRows.values, weights: arrays.contextRowWeights.values },
    arrays.contextWeights.values,
    tableRows,
    tables.weights,
    variants,
    random,
  );
  let basket = new Uint32Array(64);

  const rowsOf = (variant: number): [at: number, n: number] => [
    arrays.variantRows.at + 4 * variantStart[variant]!,
    variantStart[variant + 1]! - variantStart[variant]!,
  ];
  /** The sum of the item rows of a variant, to an address. */
  const itemVector = (variant: number, out: number): void => {
    const [at, n] = rowsOf(variant);
    run.gather(arrays.itemWeights.at, at, arrays.ones.at, n, row, out);
  };

  const drawNegatives = (draw: (random: Random) => number): void => {
    for (let n = 0; n < sampled; n++) {
      negativeItem[n] = draw(random);
      negativeVariant[n] = drawVariant(variants, negativeItem[n]!, random);
      itemVector(negativeVariant[n]!, arrays.negativeVectors.at + n * row);
    }
    arrays.negativeGradients.values.fill(0);
  };

  const queryVector = (rows: number): void => {
    const { contextWeights, contextRows, contextRowWeights } = arrays;
    run.gather(contextWeights.at, contextRows.at, contextRowWeights.at, rows, row, user.at);
    userGradient.values.fill(0);
  };

  const learnContext = (rows: number): void => {
    context.accumulate(arrays.contextRows.at, arrays.contextRowWeights.at, rows, userGradient.at);
    told.learn(userGradient.values);
  };

  /** One context against its targets and the batch's negatives; returns the summed loss. */
  const learnTargets = (log: EventLog, correction: Float32Array, from: number, to: number): number => {
    let largest = -Infinity;
    const logDraws = Math.log(sampled);
    run.dots(arrays.negativeVectors.at, user.at, sampled, row, arrays.negativeWeights.at);
    for (let n = 0; n < sampled; n++) {
      let logit = negativeWeight[n]! - correction[negativeItem[n]!]! - logDraws;
      for (let t = from; t < to; t++) if (log.item[basket[t]!] === negativeItem[n]) logit = -Infinity;
      negativeWeight[n] = logit;
      if (logit > largest) largest = logit;
    }
    // All negatives are targets, as in a shop of one item: nothing to tell them from.
    if (largest === -Infinity) return 0;
    let sum = 0;
    for (let n = 0; n < sampled; n++) {
      negativeWeight[n] = Math.exp(negativeWeight[n]! - largest);
      sum += negativeWeight[n]!;
    }
    let loss = 0;
    let share = 0;
    for (let t = from; t < to; t++) {
      const target = log.item[basket[t]!]!;
      const variant = drawVariant(variants, target, random);
      itemVector(variant, targetVector.at);
      run.dots(targetVector.at, user.at, 1, row, arrays.targetLogit.at);
      const logit = arrays.targetLogit.values[0]! - correction[target]! - logDraws;
      const weight = Math.exp(Math.min(60, logit - largest));
      const probability = weight / (sum + weight);
      loss -= Math.log(Math.max(probability, 1e-30));
      share += 1 / (sum + weight);
      for (let d = 0; d < dim; d++)
        userGradient.values[d] = userGradient.values[d]! + (probability - 1) * targetVector.values[d]!;
      errors.values.fill(probability - 1);
      const [at, rows] = rowsOf(variant);
      item.accumulate(at, errors.at, rows, user.at);
    }
    for (let n = 0; n < sampled; n++) negativeWeight[n] = negativeWeight[n]! * share;
    const { negativeVectors, negativeGradients, negativeWeights } = arrays;
    run.pull(
      negativeVectors.at,
      negativeGradients.at,
      negativeWeights.at,
      LEAST_PULL,
      sampled,
      row,
      user.at,
      userGradient.at,
    );
    return loss;
  };

  const learnNegatives = (): void => {
    for (let n = 0; n < sampled; n++) {
      const [at, rows] = rowsOf(negativeVariant[n]!);
      item.accumulate(at, arrays.ones.at, rows, arrays.negativeGradients.at + n * row);
    }
  };

  return {
    train(log, { draw, correction }, steps, order) {
      let loss = 0;
      let targets = 0;
      for (let from = 0; from < order.length; from += batch) {
        const to = Math.min(from + batch, order.length);
        drawNegatives(draw);
        for (let o = from; o < to; o++) {
          const step = order[o]!;
          const size = steps.start[step + 1]! - steps.start[step]!;
          const fresh = steps.start[step] === steps.origin[step];
          if (size === 1 && fresh && random() >= COLD_START) continue;
          if (basket.length < size) basket = new Uint32Array(2 * size);
          basket.set(steps.events.subarray(steps.start[step]!, steps.start[step + 1]!));
          shuffle(basket.subarray(0, size), random);
          const split = Math.floor(random() * size);
          const last = Math.min(size, split + MAX_TARGETS);
          const rows = told.read(log, steps, step, basket.subarray(0, split));
          queryVector(rows);
          loss += learnTargets(log, correction, split, last);
          targets += last - split;
          learnContext(rows);
        }
        learnNegatives();
        context.step();
        item.step();
        told.step(learningRate);
      }
      return loss / Math.max(1, targets);
    },
    save() {
      for (const name of ['context', 'item'] as const) {
        tables[name].weights.set(arrays[`${name}Weights`].values);
        tables[name].squares.set(arrays[`${name}Squares`].values);
      }
    },
  };
}
