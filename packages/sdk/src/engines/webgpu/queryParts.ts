import { largestOf } from '../largestOf.ts';
import { PART_STEPS, PARTS } from './programs/buckets.ts';

/**
 * Query vectors as `packedBucketsProgram` reads them. A number is step x (a + (b + c / 254) / 254), a, b and c int8, and is off by
 * less than 1e-7 of the largest: as exact as single precision.
 *
 * @param vectors dim numbers each, dim a multiple of 4
 * @returns parts contexts x PARTS x dim int8, four to a word
 * @returns steps one for each context
 */
export function queryParts(
  vectors: readonly Float32Array[],
  dim: number,
): { parts: Int32Array; steps: Float32Array } {
  const parts = new Int8Array(vectors.length * PARTS * dim);
  const steps = Float32Array.from(vectors, (vector) => largestOf(vector) / 127);
  vectors.forEach((vector, c) => {
    if (steps[c] === 0) return;
    for (let d = 0; d < dim; d++) {
      // At most 127, and the bit by which the step was rounded.
      let left = vector[d]! / steps[c]!;
      for (let part = 0; part < PARTS; part++) {
        const whole = Math.round(left);
        parts[(c * PARTS + part) * dim + d] = whole;
        left = (left - whole) * PART_STEPS;
      }
    }
  });
  return { parts: new Int32Array(parts.buffer), steps };
}
