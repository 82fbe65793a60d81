import { bucketScores, quantiseRows, scoreTolerance } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { bucketKernel } from '../src/train/bucketKernel.ts';
import { openKernels } from '../src/train/kernels.ts';
import { seededRandom } from '../src/train/random.ts';

const random = seededRandom(4);
const numbers = (length: number): Float32Array => Float32Array.from({ length }, () => random() - 0.5);
const DIM = 12;
const ROW = 4 * DIM;

describe('the kernels', () => {
  it('sum rows by their weights, and add a vector to rows', () => {
    const { run, arrays } = openKernels({
      table: [Float32Array, 5 * DIM],
      rows: [Uint32Array, 3],
      weights: [Float32Array, 3],
      vector: [Float32Array, DIM],
    });
    const table = numbers(5 * DIM);
    arrays.table.values.set(table);
    arrays.rows.values.set([4, 0, 4]);
    arrays.weights.values.set([0.5, -1, 2]);
    const { table: at, rows, weights, vector } = arrays;
    run.gather(at.at, rows.at, weights.at, 3, ROW, vector.at);
    vector.values.forEach((sum, d) => expect(sum).toBeCloseTo(2.5 * table[4 * DIM + d]! - table[d]!, 6));
    run.scatter(at.at, rows.at, weights.at, 2, ROW, vector.at);
    vector.values.forEach((sum, d) => {
      expect(at.values[d]).toBeCloseTo(table[d]! - sum, 6);
      expect(at.values[4 * DIM + d]).toBeCloseTo(table[4 * DIM + d]! + 0.5 * sum, 6);
      expect(at.values[DIM + d]).toBe(table[DIM + d]);
    });
  });

  it('leave out what pulls too little', () => {
    const { run, arrays } = openKernels({
      vectors: [Float32Array, 2 * DIM],
      gradients: [Float32Array, 2 * DIM],
      pulls: [Float32Array, 2],
      vector: [Float32Array, DIM],
      sum: [Float32Array, DIM],
    });
    const { vectors, gradients, pulls, vector, sum } = arrays;
    vectors.values.set(numbers(2 * DIM));
    vector.values.set(numbers(DIM));
    pulls.values.set([0.25, 0.01]);
    run.pull(vectors.at, gradients.at, pulls.at, 0.1, 2, ROW, vector.at, sum.at);
    for (let d = 0; d < DIM; d++) {
      expect(sum.values[d]).toBeCloseTo(0.25 * vectors.values[d]!, 6);
      expect(gradients.values[d]).toBeCloseTo(0.25 * vector.values[d]!, 6);
      expect(gradients.values[DIM + d]).toBe(0);
    }
  });

  it('move rows by their gradient over the root of what it was so far, and clear it', () => {
    const { run, arrays } = openKernels({
      weights: [Float32Array, 2 * DIM],
      gradient: [Float32Array, 2 * DIM],
      squares: [Float32Array, 2],
      rows: [Uint32Array, 1],
    });
    const { weights, gradient, squares, rows } = arrays;
    const slope = numbers(DIM);
    gradient.values.set(slope, DIM);
    squares.values[1] = 3;
    rows.values[0] = 1;
    run.adagrad(weights.at, gradient.at, squares.at, rows.at, 1, ROW, 0.1, 1e-6);
    const grown = 3 + slope.reduce((sum, each) => sum + each * each, 0) / DIM;
    expect(squares.values[1]).toBeCloseTo(grown, 5);
    slope.forEach((each, d) =>
      expect(weights.values[DIM + d]).toBeCloseTo((-0.1 * each) / Math.sqrt(grown), 6),
    );
    expect(gradient.values.every((each) => each === 0)).toBe(true);
  });

  it('score buckets as the engines do, also without a vector', () => {
    const rows = 64;
    const { int8, scale } = quantiseRows(numbers(rows * DIM).fill(0, DIM, 2 * DIM), DIM);
    const tables = {
      rows,
      dim: DIM,
      context: int8,
      contextScale: scale,
      item: int8,
      itemScale: scale,
      match: new Float32Array(rows),
    };
    const score = bucketKernel(tables);
    for (const vector of [numbers(DIM), new Float32Array(DIM), numbers(DIM)]) {
      const query = {
        vector,
        matchRows: Uint32Array.of(1, 7),
        matchValues: Float32Array.of(2, 3),
        items: new Uint32Array(),
        itemValues: new Float32Array(),
      };
      const wanted = new Float32Array(rows);
      bucketScores(tables, query, wanted);
      score(query).forEach((each, row) =>
        expect(Math.abs(each - wanted[row]!)).toBeLessThan(scoreTolerance(wanted[row]!)),
      );
    }
  });
});
