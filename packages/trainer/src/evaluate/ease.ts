import { contextItems, type ContextOptions } from './contextItems.ts';
import type { Interactions } from './interactions.ts';
import { invert } from './invert.ts';
import type { Method } from './Method.ts';

/** Weights from item to item, items x items: row j is what having item j adds to the score of each. */
export type EaseWeights = Float32Array;

/**
 * EASE (Steck 2019, equation 8): with P = (X'X + lambda I)^-1, what item j adds to item i is -P_ij / P_ii, and nothing
 * to itself.
 */
export function easeWeights({ items, byUser }: Interactions, lambda: number): EaseWeights {
  const n = items.length;
  // Rows are filled up to what `invert` wants with those of a unit matrix.
  const stride = 4 * Math.ceil(n / 4);
  const gram = new Float64Array(stride * stride);
  for (let u = 0; u < byUser.start.length - 1; u++) {
    for (let a = byUser.start[u]!; a < byUser.start[u + 1]!; a++) {
      const row = byUser.values[a]! * stride;
      for (let b = byUser.start[u]!; b < byUser.start[u + 1]!; b++) {
        const at = row + byUser.values[b]!;
        gram[at] = gram[at]! + 1;
      }
    }
  }
  for (let i = 0; i < stride; i++) gram[i * stride + i] = i < n ? gram[i * stride + i]! + lambda : 1;
  invert(gram, stride);
  const weights = new Float32Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) weights[j * n + i] = -gram[j * stride + i]! / gram[i * stride + i]!;
    weights[j * n + j] = 0;
  }
  return weights;
}

/** Below any score that counts; ranks what is not among the most popular items behind them. */
const LEAST = -1e6;

/** Ranks items by the sum of what the latest items of the history add to them. */
export function ease(
  { items, position }: Interactions,
  weights: EaseWeights,
  context: ContextOptions,
): Method {
  const n = items.length;
  const scores = new Float64Array(n);
  return {
    observe() {},
    score(moment, out) {
      scores.fill(0);
      for (const { item, weight } of contextItems(moment, context)) {
        const at = position[item]!;
        if (at < 0) continue;
        for (let i = 0, k = at * n; i < n; i++, k++) scores[i] = scores[i]! + weight * weights[k]!;
      }
      out.fill(LEAST);
      for (let i = 0; i < n; i++) out[items[i]!] = scores[i]!;
    },
  };
}
