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
  /** Adds factor x vector[from .. from + dim - 1] to the gradient of a row. */
  accumulate(row: number, vector: Float32Array, from: number, factor: number): void;
  /** Moves every row that has a gradient, and clears the gradients. */
  step(): void;
}

const EPSILON = 1e-6;

export function rowAdagrad({ weights, squares }: AdagradTable, learningRate: number): RowAdagrad {
  const rows = squares.length;
  const dim = weights.length / rows;
  const gradient = new Float32Array(rows * dim);
  const dirty = new Uint8Array(rows);
  const queue = new Uint32Array(rows);
  let queued = 0;
  return {
    accumulate(row, vector, from, factor) {
      if (dirty[row] === 0) {
        dirty[row] = 1;
        queue[queued++] = row;
      }
      for (let d = 0, k = row * dim; d < dim; d++, k++)
        gradient[k] = gradient[k]! + factor * vector[from + d]!;
    },
    step() {
      for (let q = 0; q < queued; q++) {
        const row = queue[q]!;
        const from = row * dim;
        let sum = 0;
        for (let k = from; k < from + dim; k++) sum += gradient[k]! * gradient[k]!;
        squares[row] = squares[row]! + sum / dim;
        const rate = learningRate / Math.sqrt(squares[row]! + EPSILON);
        for (let k = from; k < from + dim; k++) {
          weights[k] = weights[k]! - rate * gradient[k]!;
          gradient[k] = 0;
        }
        dirty[row] = 0;
      }
      queued = 0;
    },
  };
}
