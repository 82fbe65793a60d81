/** The largest magnitude in a vector. */
export function largestOf(vector: Float32Array | Float64Array): number {
  let largest = 0;
  for (let d = 0; d < vector.length; d++) largest = Math.max(largest, Math.abs(vector[d]!));
  return largest;
}
