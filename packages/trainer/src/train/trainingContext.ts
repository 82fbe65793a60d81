import { anyoneRow, gapOf } from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { type ContextTable, GAP, KIND, stepContext } from './contextTable.ts';
import { drawVariant, type ItemVariants } from './ItemVariants.ts';
import type { Random } from './random.ts';
import type { Steps } from './steps.ts';

/** What a training example is told of its history: distinct rows and their weights, that of anyone first. */
export interface TrainingContext {
  /**
   * Reads what was done before a moment, the latest first.
   *
   * @param basket events of the moment itself that are told, too
   * @returns the number of rows
   */
  read(log: EventLog, steps: Steps, step: number, basket: Uint32Array): number;
  /**
   * Takes in how the example that was read last would have its items weighed.
   *
   * @param userGradient dim; of the query vector
   */
  learn(userGradient: Float32Array): void;
  /** Moves the weights by what was taken in. */
  step(learningRate: number): void;
}

/** Most events of a history that one training example reads. */
export const MAX_CONTEXT = 30;
/** The weights of contexts are few, and learn from one example in so many. */
const WEIGHED = 8;

/**
 * The contexts of training examples. An item weighs a_j by its age, its gap and its kind, and counts w_j = a_j / sqrt(sum a).
 *
 * @param out where the rows and their weights are written
 * @param table tableRows x dim; the context rows
 * @param weights read, and moved by `step`
 * @param random draws the rungs that the items are told at
 */
export function trainingContext(
  out: { readonly rows: Uint32Array; readonly weights: Float32Array },
  table: Float32Array,
  tableRows: number,
  weights: ContextTable,
  variants: ItemVariants,
  random: Random,
): TrainingContext {
  const dim = table.length / tableRows;
  const anyone = anyoneRow(tableRows);
  const { start, rows } = variants;
  const { logs } = weights;
  const events = new Uint32Array(MAX_CONTEXT);
  const ages = new Uint8Array(MAX_CONTEXT);
  const gaps = new Uint8Array(MAX_CONTEXT);
  const kinds = new Uint8Array(MAX_CONTEXT);
  const told = new Uint32Array(MAX_CONTEXT);
  const shares = new Float64Array(MAX_CONTEXT);
  const slopes = new Float64Array(MAX_CONTEXT);
  const gradient = new Float64Array(logs.length);
  const rowWeight = new Float32Array(tableRows);
  let size = 0;
  let rowCount = 0;
  let examples = 0;

  const fill = (steps: Steps, step: number, basket: Uint32Array): void => {
    size = Math.min(basket.length, MAX_CONTEXT);
    for (let k = 0; k < size; k++) events[k] = basket[k]!;
    ages.fill(0, 0, size);
    let age = size > 0 ? 1 : 0;
    const oldest = steps.origin[step]!;
    for (let m = step; steps.start[m]! > oldest && size < MAX_CONTEXT; m--, age++) {
      for (let k = steps.start[m]! - 1; k >= steps.start[m - 1]! && size < MAX_CONTEXT; k--) {
        events[size] = steps.events[k]!;
        ages[size++] = age;
      }
    }
  };

  const weigh = (log: EventLog, now: number): void => {
    let total = 0;
    for (let k = 0; k < size; k++) {
      const e = events[k]!;
      gaps[k] = gapOf(now - log.time[e]!);
      kinds[k] = log.kind[e]!;
      shares[k] = Math.exp(ages[k]! * logs[0]! + logs[GAP + gaps[k]!]! + logs[KIND + kinds[k]!]!);
      total += shares[k]!;
    }
    for (let k = 0; k < size; k++) {
      told[k] = drawVariant(variants, log.item[events[k]!]!, random);
      shares[k] = shares[k]! / Math.sqrt(total);
    }
  };

  /** Sums the weights of each distinct row. */
  const mergeRows = (): void => {
    for (let r = 0; r < rowCount; r++) rowWeight[out.rows[r]!] = 0;
    rowCount = 1;
    out.rows[0] = anyone;
    rowWeight[anyone] = 1;
    for (let c = 0; c < size; c++) {
      for (let k = start[told[c]!]!; k < start[told[c]! + 1]!; k++) {
        const row = rows[k]!;
        if (rowWeight[row] === 0) out.rows[rowCount++] = row;
        rowWeight[row] = rowWeight[row]! + shares[c]!;
      }
    }
    for (let r = 0; r < rowCount; r++) out.weights[r] = rowWeight[out.rows[r]!]!;
  };

  return {
    read(log, steps, step, basket) {
      fill(steps, step, basket);
      weigh(log, log.time[steps.events[steps.start[step]!]!]!);
      mergeRows();
      return rowCount;
    },
    // The derivative of the query vector by ln a_j is w_j x_j - w_j^2 / 2 sum_l w_l x_l, x_j being the sum of item j's rows.
    learn(userGradient) {
      if (examples++ % WEIGHED !== 0) return;
      slopes.fill(0, 0, size);
      let all = 0;
      for (let c = 0; c < size; c++) {
        for (let k = start[told[c]!]!; k < start[told[c]! + 1]!; k++) {
          for (let d = 0, at = rows[k]! * dim; d < dim; d++)
            slopes[c] = slopes[c]! + table[at + d]! * userGradient[d]!;
        }
        all += shares[c]! * slopes[c]!;
      }
      for (let c = 0; c < size; c++) {
        const slope = shares[c]! * slopes[c]! - (shares[c]! * shares[c]! * all) / 2;
        const [gap, kind] = [GAP + gaps[c]!, KIND + kinds[c]!];
        gradient[0] = gradient[0]! + ages[c]! * slope;
        gradient[gap] = gradient[gap]! + slope;
        gradient[kind] = gradient[kind]! + slope;
      }
    },
    step: (learningRate) => stepContext(weights, gradient, learningRate),
  };
}
