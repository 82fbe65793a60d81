import type { Mask } from '../mask.ts';

/** The bytes of an array as 32-bit integers, without a copy where they are aligned. */
export function asInt32(values: Int8Array | Uint32Array): Int32Array {
  const aligned = values.byteOffset % 4 === 0 ? values : values.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2);
}

/**
 * The distinct masks of some questions one behind the other, and which of them each question has.
 *
 * @param masks `words` 32-bit integers each
 */
export function joinedMasks(
  masks: readonly Mask[],
  words: number,
): { masks: Int32Array; maskOf: Int32Array } {
  const distinct = [...new Set(masks)];
  const joined = new Int32Array(distinct.length * words);
  distinct.forEach((mask, m) => joined.set(mask, m * words));
  return { masks: joined, maskOf: Int32Array.from(masks, (mask) => distinct.indexOf(mask)) };
}

/** Places and values of some contexts one behind the other, the places of context c counted from c x width on. */
export function joinedSums(
  sums: readonly (readonly [places: Uint32Array, values: Float32Array])[],
  width: number,
): { places: Int32Array; values: Float32Array } {
  const length = sums.reduce((total, [places]) => total + places.length, 0);
  const joined = { places: new Int32Array(length), values: new Float32Array(length) };
  let end = 0;
  sums.forEach(([places, values], c) => {
    for (let k = 0; k < places.length; k++) joined.places[end + k] = places[k]! + c * width;
    joined.values.set(values, end);
    end += places.length;
  });
  return joined;
}
