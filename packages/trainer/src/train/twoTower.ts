import { anyoneRow, contextWeight, MAX_ROWS } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { drawVariant, type ItemVariants } from './ItemVariants.ts';
import type { Negatives } from './negatives.ts';
import type { Random } from './random.ts';
import { shuffle } from './random.ts';
import { type AdagradTable, newTable, rowAdagrad } from './RowAdagrad.ts';
import type { Steps } from './steps.ts';

export interface TwoTowerOptions {
  readonly learningRate: number;
  /** Negatives that the contexts of a batch share. */
  readonly negatives: number;
  /** Contexts that move the tables together. */
  readonly batch: number;
  /** Weight that a context item loses with each later moment, in (0, 1]. */
  readonly contextDecay: number;
}

export interface TwoTower {
  /**
   * Trains on the given moments of a log, in their order.
   *
   * @returns mean loss, in nats; an untrained model has about ln(negatives + 1)
   */
  train(log: EventLog, negatives: Negatives, steps: Steps, order: Uint32Array): number;
}

/** The two tables, rows x dim each. */
export interface TowerTables {
  readonly context: AdagradTable;
  readonly item: AdagradTable;
}

/** Most events of a history, and most targets of a basket, that one training example reads. */
const MAX_CONTEXT = 30;
const MAX_TARGETS = 6;
/** Share of moments without any history that are trained on, for shoppers of whom nothing is known. */
const COLD_START = 0.3;
const INITIAL_SCALE = 0.05;

/** @param rows a power of two */
export function newTables(rows: number, dim: number, random: Random): TowerTables {
  const context = newTable(rows, dim, INITIAL_SCALE, random);
  return { context, item: newTable(rows, dim, INITIAL_SCALE, random) };
}

/**
 * The hashed two-tower: context rows make the query vector, item rows the item vector, their dot product the logit
 * (Covington et al. 2016). Trained by sampled softmax with the logQ correction (Bengio and Senecal 2008; Yi et al. 2019,
 * section 3) over negatives that a batch shares. A basket is split at random into context and targets.
 *
 * @param tables moved in place
 */
export function twoTower(
  tables: TowerTables,
  variants: ItemVariants,
  options: TwoTowerOptions,
  random: Random,
): TwoTower {
  const { negatives: sampled, batch, contextDecay, learningRate } = options;
  const tableRows = tables.item.squares.length;
  const dim = tables.item.weights.length / tableRows;
  const context = rowAdagrad(tables.context, learningRate);
  const item = rowAdagrad(tables.item, learningRate);
  const anyone = anyoneRow(tableRows);
  const { start: variantStart, rows: variantRows } = variants;

  const negativeItem = new Uint32Array(sampled);
  const negativeVariant = new Uint32Array(sampled);
  const negativeVector = new Float32Array(sampled * dim);
  const negativeGradient = new Float32Array(sampled * dim);
  const negativeWeight = new Float64Array(sampled);
  const targetVector = new Float32Array(dim);
  const user = new Float32Array(dim);
  const userGradient = new Float32Array(dim);
  const contextEvents = new Uint32Array(MAX_CONTEXT);
  const contextVariants = new Uint32Array(MAX_CONTEXT);
  const contextWeights = new Float64Array(MAX_CONTEXT);
  const contextRows = new Uint32Array(1 + MAX_CONTEXT * MAX_ROWS);
  const rowWeight = new Float32Array(tableRows);
  let rowCount = 0;
  let basket = new Uint32Array(64);

  /** out[at ..] = sum of the item rows of a variant. */
  const itemVector = (variant: number, out: Float32Array, at: number): void => {
    out.fill(0, at, at + dim);
    for (let k = variantStart[variant]!; k < variantStart[variant + 1]!; k++) {
      const from = variantRows[k]! * dim;
      for (let d = 0; d < dim; d++) out[at + d] = out[at + d]! + tables.item.weights[from + d]!;
    }
  };

  const drawNegatives = (draw: (random: Random) => number): void => {
    for (let n = 0; n < sampled; n++) {
      negativeItem[n] = draw(random);
      negativeVariant[n] = drawVariant(variants, negativeItem[n]!, random);
      itemVector(negativeVariant[n]!, negativeVector, n * dim);
    }
    negativeGradient.fill(0);
  };

  /** Fills the context from the shuffled part of the basket and the moments before it; returns how many events. */
  const fillContext = (log: EventLog, steps: Steps, step: number, fromBasket: number): number => {
    let size = Math.min(fromBasket, MAX_CONTEXT);
    for (let k = 0; k < size; k++) contextEvents[k] = basket[k]!;
    contextWeights.fill(1, 0, size);
    let age = size > 0 ? 1 : 0;
    const oldest = steps.origin[step]!;
    for (let m = step; steps.start[m]! > oldest && size < MAX_CONTEXT; m--, age++) {
      for (let k = steps.start[m]! - 1; k >= steps.start[m - 1]! && size < MAX_CONTEXT; k--) {
        contextEvents[size] = steps.events[k]!;
        contextWeights[size++] = contextWeight(age, contextDecay);
      }
    }
    let total = 0;
    for (let k = 0; k < size; k++) total += contextWeights[k]!;
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
    user.fill(0);
    for (let r = 0; r < rowCount; r++) {
      const weight = rowWeight[contextRows[r]!]!;
      for (let d = 0, k = contextRows[r]! * dim; d < dim; d++, k++)
        user[d] = user[d]! + weight * tables.context.weights[k]!;
    }
    userGradient.fill(0);
  };

  const learnContext = (): void => {
    for (let r = 0; r < rowCount; r++)
      context.accumulate(contextRows[r]!, userGradient, 0, rowWeight[contextRows[r]!]!);
  };

  /** One context against its targets and the batch's negatives; returns the summed loss. */
  const learnTargets = (log: EventLog, logQ: Float32Array, from: number, to: number): number => {
    let largest = -Infinity;
    const logDraws = Math.log(sampled);
    for (let n = 0; n < sampled; n++) {
      let logit = -logQ[negativeItem[n]!]! - logDraws;
      for (let d = 0, k = n * dim; d < dim; d++, k++) logit += user[d]! * negativeVector[k]!;
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
      itemVector(variant, targetVector, 0);
      let logit = -logQ[target]! - logDraws;
      for (let d = 0; d < dim; d++) logit += user[d]! * targetVector[d]!;
      const weight = Math.exp(Math.min(60, logit - largest));
      const probability = weight / (sum + weight);
      loss -= Math.log(Math.max(probability, 1e-30));
      share += 1 / (sum + weight);
      for (let d = 0; d < dim; d++) userGradient[d] = userGradient[d]! + (probability - 1) * targetVector[d]!;
      for (let k = variantStart[variant]!; k < variantStart[variant + 1]!; k++) {
        item.accumulate(variantRows[k]!, user, 0, probability - 1);
      }
    }
    for (let n = 0; n < sampled; n++) {
      const pull = negativeWeight[n]! * share;
      if (pull < 1e-5) continue;
      for (let d = 0, k = n * dim; d < dim; d++, k++) {
        userGradient[d] = userGradient[d]! + pull * negativeVector[k]!;
        negativeGradient[k] = negativeGradient[k]! + pull * user[d]!;
      }
    }
    return loss;
  };

  const learnNegatives = (): void => {
    for (let n = 0; n < sampled; n++) {
      for (let k = variantStart[negativeVariant[n]!]!; k < variantStart[negativeVariant[n]! + 1]!; k++) {
        item.accumulate(variantRows[k]!, negativeGradient, n * dim, 1);
      }
    }
  };

  return {
    train(log, { draw, logQ }, steps, order) {
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
          loss += learnTargets(log, logQ, split, last);
          targets += last - split;
          learnContext();
        }
        learnNegatives();
        context.step();
        item.step();
      }
      return loss / Math.max(1, targets);
    },
  };
}
