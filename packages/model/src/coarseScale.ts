/** Bits of a single-precision number's fraction that a scale does without. */
const DROPPED = 21;

/**
 * The least scale >= `least` (a number >= 0) that is a power of two times 1, 1.25, 1.5 or 1.75: scales of a few values pack well,
 * and what is rounded to steps of them loses nothing.
 */
export function coarseScale(least: number): number {
  const number = Float32Array.of(least);
  const bits = new Uint32Array(number.buffer);
  if (number[0]! < least) bits[0]!++;
  bits[0] = ((bits[0]! + (1 << DROPPED) - 1) >>> DROPPED) << DROPPED;
  return number[0]!;
}
