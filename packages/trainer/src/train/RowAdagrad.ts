import type { KernelArray, Kernels } from './kernels.ts';
import { sharedArray } from '../workers/shared.ts';

/** A table of weights and how far each of its rows was moved, over shared memory. */
export interface AdagradTable {
  /** rows x dim. */
  readonly weights: Float32Array;
  /** rows; the accumulators, 0 for a row that was never moved. */
  readonly squares: Float32Array;
}

/** @param scale bound of the initial weights, drawn evenly from [-scale, scale] */
export function newTable(rows: number, dim: number, scale: number, random: () => number): AdagradTable {
  const weights = sharedArray(Float32Array, rows * dim);
  for (let k = 0; k < weights.length; k++) weights[k] = (2 * random() - 1) * scale;
  return { weights, squares: sharedArray(Float32Array, rows) };
}

/** The weights of a table; rows that were never moved are zero. */
export function trainedRows({ weights, squares }: AdagradTable): Float32Array {
  const dim = weights.length / squares.length;
  const trained = weights.slice();
  squares.forEach((square, row) => {
    if (square === 0) trained.fill(0, row * dim, (row + 1) * dim);
  });
  return trained;
}

/**
 * A table of rows under row-wise Adagrad: one accumulator a row, which grows by the mean square of the row's gradient
 * (Duchi et al. 2011; row-wise as in Mudigere et al. 2021, section 4.1).
 */
export interface RowAdagrad {
  /** Adds weights[k] x vector to the gradient of row rows[k], for k < n; all are addresses. */
  accumulate(rows: number, weights: number, n: number, vector: number): void;
  /** Moves every row that has a gradient, and clears the gradients. */
  step(): void;
}

/** The arrays of a table in the memory of the kernels; `queue` holds the rows that have a gradient. */
export interface AdagradArrays {
  readonly weights: KernelArray<Float32Array>;
  readonly gradient: KernelArray<Float32Array>;
  readonly squares: KernelArray<Float32Array>;
  readonly queue: KernelArray<Uint32Array>;
}

const EPSILON = 1e-6;

/** @param rowIds all of the kernels' memory as row numbers: what `accumulate` is given addresses of */
export function rowAdagrad(
  run: Kernels,
  { weights, gradient, squares, queue }: AdagradArrays,
  rowIds: Uint32Array,
  learningRate: number,
): RowAdagrad {
  const rows = squares.values.length;
  const row = (weights.values.length / rows) * Float32Array.BYTES_PER_ELEMENT;
  const dirty = new Uint8Array(rows);
  let queued = 0;
  return {
    accumulate(first, factors, n, vector) {
      for (let k = 0; k < n; k++) {
        const each = rowIds[first / 4 + k]!;
        if (dirty[each] === 1) continue;
        dirty[each] = 1;
        queue.values[queued++] = each;
      }
      run.scatter(gradient.at, first, factors, n, row, vector);
    },
    step() {
      run.adagrad(weights.at, gradient.at, squares.at, queue.at, queued, row, learningRate, EPSILON);
      for (let q = 0; q < queued; q++) dirty[queue.values[q]!] = 0;
      queued = 0;
    },
  };
}
