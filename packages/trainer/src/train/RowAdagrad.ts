/**
 * A table of rows under row-wise Adagrad: one accumulator a row, which grows by the mean square of the row's gradient
 * (Duchi et al. 2011; row-wise as in Mudigere et al. 2021, section 4.1).
 */
export interface RowAdagrad {
  /** rows x dim; the weights now. */
  readonly weights: Float32Array;
  /** Adds factor x vector[from .. from + dim - 1] to the gradient of a row. */
  accumulate(row: number, vector: Float32Array, from: number, factor: number): void;
  /** Moves every row that has a gradient, and clears the gradients. */
  step(): void;
  /** The weights; rows that were never moved are zero. */
  trained(): Float32Array;
}

const EPSILON = 1e-6;

/** @param scale bound of the initial weights, drawn evenly from [-scale, scale] */
export function rowAdagrad(
  rows: number,
  dim: number,
  learningRate: number,
  scale: number,
  random: () => number,
): RowAdagrad {
  const weights = Float32Array.from({ length: rows * dim }, () => (2 * random() - 1) * scale);
  const gradient = new Float32Array(rows * dim);
  const squares = new Float32Array(rows);
  const dirty = new Uint8Array(rows);
  const queue = new Uint32Array(rows);
  let queued = 0;
  return {
    weights,
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
    trained() {
      const trained = weights.slice();
      for (let row = 0; row < rows; row++)
        if (squares[row] === 0) trained.fill(0, row * dim, (row + 1) * dim);
      return trained;
    },
  };
}
