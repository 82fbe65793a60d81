import { sharedArray } from '../workers/shared.ts';

/** Weights from items to items by the item that they leave: row j holds start[j] to start[j + 1] - 1. */
export interface SparseRows {
  readonly start: Uint32Array;
  readonly to: Uint32Array;
  readonly weight: Float32Array;
}

/** Rows under construction; they are added in order. */
export interface RowBuilder {
  /** Ends the next row, with the first `size` of `to` and of `weight`. */
  add(to: ArrayLike<number>, weight: ArrayLike<number>, size: number): void;
  rows(): SparseRows;
}

/** @param expected weights in all; more make it grow */
export function rowBuilder(count: number, expected = 1024): RowBuilder {
  const start = new Uint32Array(count + 1);
  let to = new Uint32Array(expected);
  let weight = new Float32Array(expected);
  let row = 0;
  let end = 0;
  return {
    add(nextTo, nextWeight, size) {
      if (end + size > to.length) {
        const length = Math.max(2 * to.length, end + size);
        const [before, weights] = [to, weight];
        (to = new Uint32Array(length)).set(before);
        (weight = new Float32Array(length)).set(weights);
      }
      for (let k = 0; k < size; k++) {
        to[end] = nextTo[k]!;
        weight[end++] = nextWeight[k]!;
      }
      start[++row] = end;
    },
    rows: () => ({ start, to: to.slice(0, end), weight: weight.slice(0, end) }),
  };
}

/** Rows that were made in parts, one after the other. */
export function joined(parts: readonly SparseRows[]): SparseRows {
  const rows = parts.reduce((sum, { start }) => sum + start.length - 1, 0);
  const weights = parts.reduce((sum, { to }) => sum + to.length, 0);
  const start = sharedArray(Uint32Array, rows + 1);
  const to = sharedArray(Uint32Array, weights);
  const weight = sharedArray(Float32Array, weights);
  let row = 0;
  let end = 0;
  for (const part of parts) {
    for (let k = 1; k < part.start.length; k++) start[++row] = end + part.start[k]!;
    to.set(part.to, end);
    weight.set(part.weight, end);
    end += part.to.length;
  }
  return { start, to, weight };
}

/** The same weights by the item that they reach. */
export function transposed({ start, to, weight }: SparseRows): SparseRows {
  const count = start.length - 1;
  const turned = new Uint32Array(count + 1);
  for (const item of to) turned[item + 1]!++;
  for (let i = 0; i < count; i++) turned[i + 1] = turned[i + 1]! + turned[i]!;
  const at = turned.slice();
  const [from, weights] = [new Uint32Array(to.length), new Float32Array(to.length)];
  for (let row = 0; row < count; row++) {
    for (let k = start[row]!; k < start[row + 1]!; k++) {
      const place = at[to[k]!]!++;
      from[place] = row;
      weights[place] = weight[k]!;
    }
  }
  return { start: turned, to: from, weight: weights };
}
