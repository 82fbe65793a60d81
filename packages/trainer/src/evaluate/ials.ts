import { seededRandom } from '../train/random.ts';
import { contextItems, type ContextOptions } from './contextItems.ts';
import { diagonalise } from './diagonalise.ts';
import type { Groups } from '../read/groups.ts';
import type { Interactions } from './interactions.ts';
import type { Method } from './Method.ts';

/** Standard deviation of a vector's length at the start. */
const INITIAL = 0.1;
/** Steps of conjugate gradients for each vector, and for a context that is folded in. */
const STEPS = 3;
const FOLD_STEPS = 5;

export interface IalsOptions {
  readonly factors: number;
  readonly sweeps: number;
  /** Weight of a pair that was not seen; one that was seen has 1 more. */
  readonly unobserved: number;
  /** Weight of a vector's squared length, times what its pairs weigh in all. */
  readonly regularisation: number;
}

/** Item vectors, and what folding a context in needs. */
export interface IalsModel extends IalsOptions {
  /** Positions x factors. */
  readonly vectors: Float64Array;
  /** Sum over all vectors of the square of each factor. */
  readonly spectrum: Float64Array;
}

/**
 * Implicit alternating least squares (Hu, Koren and Volinsky 2008) with the loss and the scaled regularisation of Rendle
 * et al. 2021 (Revisiting the performance of iALS, section 3): sum over seen pairs of (1 - w_u h_i)^2 + a0 sum over all
 * pairs of (w_u h_i)^2 + lambda sum_u (n_u + a0 items) |w_u|^2, and the same for items. Each vector is moved by a few
 * steps of conjugate gradients (Takács, Pilászy and Tikk 2011). A common rotation of all vectors changes no score, so
 * those that are held are turned to where the sum of their outer products is diagonal: a step then costs factors x pairs.
 */
export function ialsModel({ items, byUser, byItem }: Interactions, options: IalsOptions): IalsModel {
  const { factors, sweeps } = options;
  const random = seededRandom(1);
  const users = byUser.start.length - 1;
  const userVectors = new Float64Array(users * factors);
  const vectors = Float64Array.from(
    { length: items.length * factors },
    () => (INITIAL / Math.sqrt(factors)) * Math.sqrt(12) * (random() - 0.5),
  );
  let spectrum = align(vectors, factors);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    solveAll(userVectors, byUser, vectors, spectrum, items.length, options);
    solveAll(vectors, byItem, userVectors, align(userVectors, factors), users, options);
    spectrum = align(vectors, factors);
  }
  return { ...options, vectors, spectrum };
}

/** Turns vectors to where the sum of their outer products is diagonal; returns the diagonal. */
function align(vectors: Float64Array, d: number): Float64Array {
  const gram = gramOf(vectors, d);
  const turn = diagonalise(gram, d);
  const row = new Float64Array(d);
  for (let at = 0; at < vectors.length; at += d) {
    for (let i = 0; i < d; i++) row[i] = vectors[at + i]!;
    for (let i = 0; i < d; i++) vectors[at + i] = product(turn, i * d, row, d);
  }
  return Float64Array.from({ length: d }, (_, i) => gram[i * d + i]!);
}

function solveAll(
  own: Float64Array,
  pairs: Groups,
  others: Float64Array,
  spectrum: Float64Array,
  count: number,
  { factors, unobserved, regularisation }: IalsOptions,
): void {
  const solve = solver(factors, others, spectrum, unobserved);
  const ones = new Float64Array(pairs.values.length).fill(1);
  const x = new Float64Array(factors);
  for (let u = 0; u < pairs.start.length - 1; u++) {
    const from = pairs.start[u]!;
    const to = pairs.start[u + 1]!;
    if (from === to) continue;
    solve(x, pairs.values, ones, from, to, regularisation * (to - from + unobserved * count), STEPS);
    own.set(x, u * factors);
  }
}

/** Writes into x an approximate solution of (a0 S + sum_j c_j h_j h_j' + ridge I) x = sum_j c_j h_j, j in [from, to). */
type Solve = (
  x: Float64Array,
  had: Uint32Array,
  c: Float64Array,
  from: number,
  to: number,
  ridge: number,
  steps: number,
) => void;

/** Conjugate gradients, preconditioned with the diagonal. */
function solver(d: number, vectors: Float64Array, spectrum: Float64Array, unobserved: number): Solve {
  const base = new Float64Array(d);
  const inverse = new Float64Array(d);
  const residual = new Float64Array(d);
  const scaled = new Float64Array(d);
  const direction = new Float64Array(d);
  const image = new Float64Array(d);
  const multiply = (v: Float64Array, had: Uint32Array, c: Float64Array, from: number, to: number): void => {
    for (let i = 0; i < d; i++) image[i] = base[i]! * v[i]!;
    for (let j = from; j < to; j++) {
      const at = had[j]! * d;
      const factor = c[j]! * product(vectors, at, v, d);
      for (let i = 0; i < d; i++) image[i] = image[i]! + factor * vectors[at + i]!;
    }
  };
  return (x, had, c, from, to, ridge, steps) => {
    for (let i = 0; i < d; i++) base[i] = inverse[i] = unobserved * spectrum[i]! + ridge;
    x.fill(0);
    residual.fill(0);
    for (let j = from; j < to; j++) {
      const weight = c[j]!;
      for (let i = 0, at = had[j]! * d; i < d; i++, at++) {
        residual[i] = residual[i]! + weight * vectors[at]!;
        inverse[i] = inverse[i]! + weight * vectors[at]! * vectors[at]!;
      }
    }
    for (let i = 0; i < d; i++) {
      inverse[i] = 1 / inverse[i]!;
      scaled[i] = direction[i] = inverse[i]! * residual[i]!;
    }
    let size = product(residual, 0, scaled, d);
    for (let step = 0; step < steps && size > 1e-20; step++) {
      multiply(direction, had, c, from, to);
      const length = size / product(direction, 0, image, d);
      for (let i = 0; i < d; i++) {
        x[i] = x[i]! + length * direction[i]!;
        residual[i] = residual[i]! - length * image[i]!;
        scaled[i] = inverse[i]! * residual[i]!;
      }
      const before = size;
      size = product(residual, 0, scaled, d);
      for (let i = 0; i < d; i++) direction[i] = scaled[i]! + (size / before) * direction[i]!;
    }
  };
}

/** The scalar product of a's row from `at` on with v; d is a multiple of 4. */
function product(a: Float64Array, at: number, v: Float64Array, d: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let i = 0; i < d; i += 4) {
    s0 += a[at + i]! * v[i]!;
    s1 += a[at + i + 1]! * v[i + 1]!;
    s2 += a[at + i + 2]! * v[i + 2]!;
    s3 += a[at + i + 3]! * v[i + 3]!;
  }
  return s0 + s1 + s2 + s3;
}

function gramOf(vectors: Float64Array, d: number): Float64Array {
  const gram = new Float64Array(d * d);
  for (let at = 0; at < vectors.length; at += d) {
    for (let i = 0; i < d; i++) {
      const value = vectors[at + i]!;
      if (value !== 0)
        for (let j = 0, k = i * d; j <= i; j++, k++) gram[k] = gram[k]! + value * vectors[at + j]!;
    }
  }
  for (let i = 0; i < d; i++) for (let j = i + 1; j < d; j++) gram[i * d + j] = gram[j * d + i]!;
  return gram;
}

/** Below any score that counts; ranks what is not among the most popular items behind them. */
const LEAST = -1e6;

/** Ranks items by their vectors and that of the latest items of the history, which is folded in at scoring. */
export function ials(
  { items, position }: Interactions,
  { vectors, spectrum, factors, unobserved, regularisation }: IalsModel,
  context: ContextOptions,
): Method {
  const solve = solver(factors, vectors, spectrum, unobserved);
  const x = new Float64Array(factors);
  return {
    observe() {},
    score(moment, out) {
      const had = contextItems(moment, context)
        .map(({ item, weight }) => ({ at: position[item]!, weight }))
        .filter(({ at }) => at >= 0);
      const c = Float64Array.from(had, ({ weight }) => weight);
      const total = c.reduce((sum, weight) => sum + weight, 0);
      solve(
        x,
        Uint32Array.from(had, ({ at }) => at),
        c,
        0,
        c.length,
        regularisation * (total + unobserved * items.length),
        FOLD_STEPS,
      );
      out.fill(LEAST);
      for (let i = 0; i < items.length; i++) out[items[i]!] = product(vectors, i * factors, x, factors);
    },
  };
}
