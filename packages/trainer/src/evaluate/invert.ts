/** Rows and columns of a tile, whose sums stay in the processor's registers. */
const TILE = 4;
/** Columns that are finished together. */
const BLOCK = 64;

/**
 * Inverts a symmetric positive definite matrix in place: A = LL' (Cholesky), U = L^-1 transposed, A^-1 = UU'. All three
 * steps are scalar products of rows, taken in tiles; n^3 / 2 multiplications in all, 2 G of them a second measured.
 *
 * @param a n x n numbers, both halves
 * @param n a multiple of 4
 */
export function invert(a: Float64Array, n: number): void {
  factor(a, n);
  const u = invertFactor(a, n);
  for (let i = 0; i < n; i += TILE) {
    for (let j = 0; j <= i; j += TILE) {
      const sums = rowProducts(u, i * n, u, j * n, n, i, n);
      for (let t = 0; t < TILE * TILE; t++) {
        const [row, column] = [i + (t >> 2), j + (t & 3)];
        a[row * n + column] = a[column * n + row] = sums[t]!;
      }
    }
  }
}

/** Writes the Cholesky factor into the lower half. */
function factor(a: Float64Array, n: number): void {
  for (let from = 0; from < n; from += BLOCK) {
    const to = Math.min(from + BLOCK, n);
    for (let i = from; i < n; i += TILE) {
      for (let j = from; j < Math.min(to, i + TILE); j += TILE) {
        const sums = rowProducts(a, i * n, a, j * n, n, 0, from);
        for (let t = 0; t < TILE * TILE; t++) a[(i + (t >> 2)) * n + j + (t & 3)]! -= sums[t]!;
      }
    }
    for (let j = from; j < to; j++) {
      const pivot = Math.sqrt(a[j * n + j]! - product(a, j * n, a, j * n, from, j));
      a[j * n + j] = pivot;
      for (let i = j + 1; i < n; i++)
        a[i * n + j] = (a[i * n + j]! - product(a, i * n, a, j * n, from, j)) / pivot;
    }
  }
}

/** The inverse of a factor, transposed: row i holds column i of L^-1, zero before i. */
function invertFactor(l: Float64Array, n: number): Float64Array {
  const u = new Float64Array(n * n);
  for (let from = 0; from < n; from += BLOCK) {
    const to = Math.min(from + BLOCK, n);
    for (let i = 0; i < from; i += TILE) {
      for (let k = from; k < to; k += TILE) {
        const sums = rowProducts(u, i * n, l, k * n, n, i, from);
        for (let t = 0; t < TILE * TILE; t++) u[(i + (t >> 2)) * n + k + (t & 3)] = -sums[t]!;
      }
    }
    for (let i = 0; i < to; i++) {
      const first = Math.max(i, from);
      for (let k = first; k < to; k++) {
        const right = k === i ? 1 : u[i * n + k]! - product(l, k * n, u, i * n, first, k);
        u[i * n + k] = right / l[k * n + k]!;
      }
    }
  }
  return u;
}

function product(
  a: Float64Array,
  rowA: number,
  b: Float64Array,
  rowB: number,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += a[rowA + k]! * b[rowB + k]!;
  return sum;
}

const SUMS = new Float64Array(TILE * TILE);

/** Scalar products of columns [from, to) of four rows of a with four of b; overwritten by the next call. */
function rowProducts(
  a: Float64Array,
  a0: number,
  b: Float64Array,
  b0: number,
  n: number,
  from: number,
  to: number,
): Float64Array {
  const a1 = a0 + n;
  const a2 = a1 + n;
  const a3 = a2 + n;
  const b1 = b0 + n;
  const b2 = b1 + n;
  const b3 = b2 + n;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  for (let k = from; k < to; k++) {
    const x0 = a[a0 + k]!;
    const x1 = a[a1 + k]!;
    const x2 = a[a2 + k]!;
    const x3 = a[a3 + k]!;
    const y0 = b[b0 + k]!;
    const y1 = b[b1 + k]!;
    const y2 = b[b2 + k]!;
    const y3 = b[b3 + k]!;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
    s20 += x2 * y0;
    s21 += x2 * y1;
    s22 += x2 * y2;
    s23 += x2 * y3;
    s30 += x3 * y0;
    s31 += x3 * y1;
    s32 += x3 * y2;
    s33 += x3 * y3;
  }
  SUMS.set([s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33]);
  return SUMS;
}
