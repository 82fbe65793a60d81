import { anyoneRow, gapOf, MAX_ROWS } from '@evershelf/model';
import { type ContextTable, GAP, KIND, newContextTable, stepContext } from './contextTable.ts';
import type { EventLog } from '../read/EventLog.ts';
import { drawVariant, type ItemVariants } from './ItemVariants.ts';
import type { Negatives } from './negatives.ts';
import type { Random } from './random.ts';
import { shuffle } from './random.ts';
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

/** Most events of a history, and most targets of a basket, that one training example reads. */
const MAX_CONTEXT = 30;
const MAX_TARGETS = 6;
/** Share of moments without any history that are trained on, for shoppers of whom nothing is known. */
const COLD_START = 0.3;
const INITIAL_SCALE = 0.05;
/** A negative that pulls less than this teaches nothing. */
const LEAST_PULL = 1e-5;
/** The weights of contexts are few, and learn from one example in so many. */
const WEIGHED = 8;

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
  const anyone = anyoneRow(tableRows);
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
  const contextEvents = new Uint32Array(MAX_CONTEXT);
  const contextVariants = new Uint32Array(MAX_CONTEXT);
  const contextWeights = new Float64Array(MAX_CONTEXT);
  const contextAges = new Uint8Array(MAX_CONTEXT);
  const contextSlopes = new Float64Array(MAX_CONTEXT);
  const contextGaps = new Uint8Array(MAX_CONTEXT);
  const { logs } = tables.weights;
  const logGradient = new Float64Array(logs.length);
  let examples = 0;
  const contextRows = arrays.contextRows.values;
  const contextRowWeights = arrays.contextRowWeights.values;
  const rowWeight = new Float32Array(tableRows);
  let rowCount = 0;
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

  /** Fills the context from the shuffled part of the basket and the moments before it; returns how many events. */
  const fillContext = (log: EventLog, steps: Steps, step: number, fromBasket: number): number => {
    let size = Math.min(fromBasket, MAX_CONTEXT);
    for (let k = 0; k < size; k++) contextEvents[k] = basket[k]!;
    contextAges.fill(0, 0, size);
    let age = size > 0 ? 1 : 0;
    const oldest = steps.origin[step]!;
    for (let m = step; steps.start[m]! > oldest && size < MAX_CONTEXT; m--, age++) {
      for (let k = steps.start[m]! - 1; k >= steps.start[m - 1]! && size < MAX_CONTEXT; k--) {
        contextEvents[size] = steps.events[k]!;
        contextAges[size++] = age;
      }
    }
    const now = log.time[steps.events[steps.start[step]!]!]!;
    let total = 0;
    for (let k = 0; k < size; k++) {
      const e = contextEvents[k]!;
      const gap = gapOf(now - log.time[e]!);
      contextGaps[k] = gap;
      contextWeights[k] = Math.exp(
        contextAges[k]! * logs[0]! + logs[GAP + gap]! + logs[KIND + log.kind[e]!]!,
      );
      total += contextWeights[k]!;
    }
    for (let k = 0; k < size; k++) {
      contextVariants[k] = drawVariant(variants, log.item[contextEvents[k]!]!, random);
      contextWeights[k] = contextWeights[k]! / Math.sqrt(total);
    }
    return size;
  };

  /** Sums the weights of each distinct row of the context. */
  const mergeRows = (size: number): void => {
    for (let r = 0; r < rowCount; r++) rowWeight[contextRows[r]!] = 0;
    rowCount = 1;
    contextRows[0] = anyone;
    rowWeight[anyone] = 1;
    for (let c = 0; c < size; c++) {
      for (let k = variantStart[contextVariants[c]!]!; k < variantStart[contextVariants[c]! + 1]!; k++) {
        const row = variantRows[k]!;
        if (rowWeight[row] === 0) contextRows[rowCount++] = row;
        rowWeight[row] = rowWeight[row]! + contextWeights[c]!;
      }
    }
  };

  const queryVector = (): void => {
    for (let r = 0; r < rowCount; r++) contextRowWeights[r] = rowWeight[contextRows[r]!]!;
    const { contextWeights, contextRows: rows, contextRowWeights: weights } = arrays;
    run.gather(contextWeights.at, rows.at, weights.at, rowCount, row, user.at);
    userGradient.values.fill(0);
  };

  const learnContext = (log: EventLog, size: number): void => {
    context.accumulate(arrays.contextRows.at, arrays.contextRowWeights.at, rowCount, userGradient.at);
    if (examples++ % WEIGHED === 0) learnWeights(log, size);
  };

  /**
   * The gradient of the weights' logarithms: with w_j = a_j / sqrt(sum a), the derivative of the query vector by ln a_j is
   * w_j x_j - w_j^2 / 2 sum_l w_l x_l, where x_j is the sum of item j's context rows.
   */
  const learnWeights = (log: EventLog, size: number): void => {
    const table = arrays.contextWeights.values;
    const slopes = contextSlopes.subarray(0, size).fill(0);
    let all = 0;
    for (let c = 0; c < size; c++) {
      for (let k = variantStart[contextVariants[c]!]!; k < variantStart[contextVariants[c]! + 1]!; k++) {
        for (let d = 0, at = variantRows[k]! * dim; d < dim; d++)
          slopes[c] = slopes[c]! + table[at + d]! * userGradient.values[d]!;
      }
      all += contextWeights[c]! * slopes[c]!;
    }
    for (let c = 0; c < size; c++) {
      const weight = contextWeights[c]!;
      const slope = weight * slopes[c]! - (weight * weight * all) / 2;
      const [gap, kind] = [GAP + contextGaps[c]!, KIND + log.kind[contextEvents[c]!]!];
      logGradient[0] = logGradient[0]! + contextAges[c]! * slope;
      logGradient[gap] = logGradient[gap]! + slope;
      logGradient[kind] = logGradient[kind]! + slope;
    }
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
          const contextSize = fillContext(log, steps, step, split);
          mergeRows(contextSize);
          queryVector();
          loss += learnTargets(log, correction, split, last);
          targets += last - split;
          learnContext(log, contextSize);
        }
        learnNegatives();
        context.step();
        item.step();
        stepContext(tables.weights, logGradient, learningRate);
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
