import { describe, expect, it } from 'vitest';
import { blend } from '../src/evaluate/blend.ts';
import { bootstrap } from '../src/evaluate/bootstrap.ts';
import { diagonalise } from '../src/evaluate/diagonalise.ts';
import { easeWeights } from '../src/evaluate/ease.ts';
import { ialsModel } from '../src/evaluate/ials.ts';
import { interactions } from '../src/evaluate/interactions.ts';
import { invert } from '../src/evaluate/invert.ts';
import { remembered } from '../src/evaluate/remembered.ts';
import { readShop } from '../src/index.ts';
import { seededRandom } from '../src/train/random.ts';
import { folderWith } from './syntheticShop.ts';

/** A symmetric positive definite matrix. */
function definite(n: number): Float64Array {
  const random = seededRandom(n);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = i === j ? n : random();
  return matrix;
}

describe('linear algebra', () => {
  it.each([4, 64, 132])('inverts a matrix of %d rows', (n) => {
    const matrix = definite(n);
    const inverse = matrix.slice();
    invert(inverse, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += matrix[i * n + k]! * inverse[k * n + j]!;
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 10);
      }
    }
  });

  it('finds eigenvectors', () => {
    const n = 12;
    const matrix = definite(n);
    const values = matrix.slice();
    const vectors = diagonalise(values, n);
    for (let v = 0; v < n; v++) {
      for (let i = 0; i < n; i++) {
        let image = 0;
        for (let k = 0; k < n; k++) image += matrix[i * n + k]! * vectors[v * n + k]!;
        expect(image).toBeCloseTo(values[v * n + v]! * vectors[v * n + i]!, 8);
      }
    }
  });
});

describe('models of who had what', () => {
  /** a and b come together, as do c and d; a letter a line of one of 20 baskets. */
  async function had() {
    const lines = Array.from({ length: 20 }, (_, s) =>
      (s % 2 === 0 ? ['a', 'b'] : ['c', 'd']).map((i) => `${s},${s},${i}`),
    );
    const path = await folderWith({ 'e.csv': `time,session,item\n${lines.flat().join('\n')}\n` });
    const { log } = await readShop({ events: [path('e.csv')], map: {} });
    return interactions(log, log.count, 'session', 100);
  }

  it('EASE has the closed form of two items that always come together', async () => {
    const lambda = 5;
    const weights = easeWeights(await had(), lambda);
    // (X'X + lambda I) of a pair is [[n + l, n], [n, n + l]], so that -P_ij / P_ii = n / (n + l).
    const expected = 10 / (10 + lambda);
    const positive = [...weights].filter((weight) => Math.abs(weight) > 1e-6);
    expect(positive).toHaveLength(4);
    for (const weight of positive) expect(weight).toBeCloseTo(expected, 6);
  });

  it('iALS puts items that come together in one direction', async () => {
    const { vectors } = ialsModel(await had(), {
      factors: 4,
      sweeps: 10,
      unobserved: 0.1,
      regularisation: 0.01,
    });
    const cosine = (i: number, j: number): number => {
      const product = (a: number, b: number): number =>
        [0, 1, 2, 3].reduce((sum, d) => sum + vectors[4 * a + d]! * vectors[4 * b + d]!, 0);
      return product(i, j) / Math.sqrt(product(i, i) * product(j, j));
    };
    expect(cosine(0, 1)).toBeGreaterThan(0.99);
    expect(Math.abs(cosine(0, 2))).toBeLessThan(0.2);
  });
});

it('blends methods by their shares of their best score', () => {
  const constant = (scores: number[]) =>
    remembered({ observe() {}, score: (_, out) => out.set(scores) }, scores.length);
  const mixed = blend([constant([4, 1, 0, -9]), constant([0, 0, 2, 1])], [1, 0, 0.5, 0]);
  const out = new Float32Array(4);
  mixed.score({ time: 0, sequence: 0, personal: [], histories: undefined as never }, out);
  expect([...out]).toEqual([1, 0.25, 0.5, 0.25]);
});

it('knows how far a lead is noise', () => {
  const random = seededRandom(2);
  const ranks = (share: number): Uint32Array =>
    Uint32Array.from({ length: 2000 }, () => (random() < share ? 0 : 99));
  const [own, same, worse] = bootstrap([ranks(0.5), ranks(0.5), ranks(0.3)], 1);
  expect(own!.lead['recall@20']).toEqual({ mean: 0, low: 0, high: 0 });
  expect(own!.own['recall@20'].low).toBeGreaterThan(0.45);
  expect(same!.lead['recall@20'].low).toBeLessThan(0);
  expect(worse!.lead['recall@20'].low).toBeGreaterThan(0.15);
});
