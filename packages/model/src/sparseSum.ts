/** Numbers added up by position, of which few are touched. */
export interface SparseSum {
  /** Adds to the sum at a position, a whole number >= 0. */
  add(at: number, value: number): void;
  /** The sum at a position; 0 where nothing was added. */
  get(at: number): number;
  /** The positions that were added to, distinct, in the order of their first addition. */
  positions(): Uint32Array;
  /** Their sums. */
  sums(): Float64Array;
}

/**
 * A sparse set (Briggs and Torczon 1993): an array says where a position stands among those touched, and is believed only
 * where that place names the position back.
 *
 * @param size one more than the largest position that is expected; a larger one costs a copy
 */
export function sparseSum(size: number): SparseSum {
  let place = new Uint32Array(size);
  let touched = new Uint32Array(256);
  let values = new Float64Array(256);
  let count = 0;
  const placeOf = (at: number): number => {
    const found = at < place.length ? place[at]! : count;
    return found < count && touched[found] === at ? found : count;
  };
  const touch = (at: number): void => {
    if (at >= place.length) place = longer(place, new Uint32Array(2 * at + 1));
    if (count === touched.length) {
      touched = longer(touched, new Uint32Array(2 * count));
      values = longer(values, new Float64Array(2 * count));
    }
    place[at] = count;
    touched[count++] = at;
  };
  return {
    add(at, value) {
      const found = placeOf(at);
      if (found === count) touch(at);
      values[found] = values[found]! + value;
    },
    get: (at) => {
      const found = placeOf(at);
      return found < count ? values[found]! : 0;
    },
    positions: () => touched.slice(0, count),
    sums: () => values.slice(0, count),
  };
}

function longer<T extends Uint32Array | Float64Array>(short: T, long: T): T {
  long.set(short);
  return long;
}
