/** Values by key, in their order: those of key k are values[start[k]] to values[start[k + 1] - 1]. */
export interface Groups {
  readonly start: Uint32Array;
  readonly values: Uint32Array;
}

/**
 * Groups the first `until` values by their keys.
 *
 * @param least how many keys there are at least
 */
export function groups(keys: Uint32Array, values: Uint32Array, until: number, least = 0): Groups {
  let most = least;
  for (let e = 0; e < until; e++) most = Math.max(most, keys[e]! + 1);
  const start = new Uint32Array(most + 1);
  for (let e = 0; e < until; e++) start[keys[e]! + 1]!++;
  for (let k = 0; k < most; k++) start[k + 1] = start[k + 1]! + start[k]!;
  const grouped = new Uint32Array(until);
  const at = start.slice();
  for (let e = 0; e < until; e++) grouped[at[keys[e]!]!++] = values[e]!;
  return { start, values: grouped };
}
