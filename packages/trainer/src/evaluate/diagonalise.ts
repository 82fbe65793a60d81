const MOST_SWEEPS = 12;

/**
 * Eigenvectors of a symmetric matrix by Jacobi rotations (Golub and Van Loan 2013, section 8.5).
 *
 * @param matrix d x d numbers; what is left on the diagonal are the eigenvalues
 * @returns d x d numbers, an eigenvector a row
 */
export function diagonalise(matrix: Float64Array, d: number): Float64Array {
  const vectors = new Float64Array(d * d);
  for (let i = 0; i < d; i++) vectors[i * d + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let p = 0; p < d; p++) {
      diagonal += matrix[p * d + p]! ** 2;
      for (let q = p + 1; q < d; q++) off += matrix[p * d + q]! ** 2;
    }
    if (off <= 1e-20 * diagonal) break;
    for (let p = 0; p < d; p++) for (let q = p + 1; q < d; q++) rotate(matrix, vectors, d, p, q);
  }
  return vectors;
}

/** Turns dimensions p and q so that their off-diagonal element vanishes. */
function rotate(matrix: Float64Array, vectors: Float64Array, d: number, p: number, q: number): void {
  const off = matrix[p * d + q]!;
  if (off === 0) return;
  const half = (matrix[q * d + q]! - matrix[p * d + p]!) / (2 * off);
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < d; k++) {
    const a = matrix[k * d + p]!;
    const b = matrix[k * d + q]!;
    matrix[k * d + p] = cosine * a - sine * b;
    matrix[k * d + q] = sine * a + cosine * b;
  }
  for (const rows of [matrix, vectors]) {
    for (let k = 0; k < d; k++) {
      const a = rows[p * d + k]!;
      const b = rows[q * d + k]!;
      rows[p * d + k] = cosine * a - sine * b;
      rows[q * d + k] = sine * a + cosine * b;
    }
  }
}
