import type { BenchShop } from './makeShop.ts';

/** Words of a piece that stays in the processor's cache: 16 KiB. */
const PIECE = 4096;

/**
 * Reads once what one answer has to read (table, scales, offsets, the items' rows, prior) and writes as many scores, as fast as
 * a page can: pieces are copied over each other to a place in the cache, so that only the reading goes to memory.
 */
export function streamBytes({ tables, index, prior }: BenchShop): { bytes: number; run: () => void } {
  const read = [tables.item, tables.itemScale, index.offsets, index.rows, prior].map(
    ({ buffer, byteOffset, byteLength }) => new Int32Array(buffer, byteOffset, byteLength >> 2),
  );
  const scores = new Float32Array(index.count);
  const cached = new Int32Array(PIECE);
  return {
    bytes: read.reduce((sum, { byteLength }) => sum + byteLength, scores.byteLength),
    run() {
      for (const words of read) {
        for (let at = 0; at < words.length; at += PIECE) cached.set(words.subarray(at, at + PIECE));
      }
      scores.fill(cached[0]!);
    },
  };
}
