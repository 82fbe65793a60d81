import { murmur3 } from './hash/murmur3.ts';

/** Seeds of the two rows of an id. Attributes and unknown tokens use the first. */
const SEEDS = [0, 1] as const;

/**
 * The row of a feature token: `murmur3_x86_32(token, 0)` masked to the table (feature hashing, Weinberger et al. 2009).
 *
 * @param tableRows a power of two
 */
export function featureRow(token: string, tableRows: number): number {
  return (murmur3(token, SEEDS[0]) & (tableRows - 1)) >>> 0;
}

/** The two rows of an id: two ids hardly ever share both, so collisions cost little (hash embeddings, Svenstrup 2017). */
export function idRows(id: string, tableRows: number): [number, number] {
  const token = `id=${id}`;
  return [
    (murmur3(token, SEEDS[0]) & (tableRows - 1)) >>> 0,
    (murmur3(token, SEEDS[1]) & (tableRows - 1)) >>> 0,
  ];
}
