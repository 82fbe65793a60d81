import { largestOf } from '../largestOf.ts';
import { lengthOf } from './lengthOf.ts';

/**
 * Takes a vector as int8, by its largest magnitude.
 *
 * @param out as many numbers, overwritten
 * @returns scale value = int8 x scale
 * @returns off the length of what is lost
 */
export function itemVector(vector: Float64Array, out: Int8Array): { scale: number; off: number } {
  const scale = Math.fround(largestOf(vector) / 127);
  if (scale === 0) {
    out.fill(0);
    return { scale, off: lengthOf(vector) };
  }
  let lost = 0;
  for (let d = 0; d < vector.length; d++) {
    out[d] = Math.round(vector[d]! / scale);
    lost += (vector[d]! - scale * out[d]!) ** 2;
  }
  return { scale, off: Math.sqrt(lost) };
}
