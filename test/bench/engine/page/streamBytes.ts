import type { BenchShop } from './makeShop.ts';

/** Bytes of the number of a row: the table has no more of them than 16 bits can name. */
const ROW_BYTES = 2;

/**
 * Reads as many bytes as one answer has to read (table, scales, offsets, the items' rows, prior) and writes as many scores. Doubles
 * are the most that JavaScript reads at a time; four sums run side by side, for one would wait for each of its additions.
 */
export function streamBytes({ tables, index, prior }: BenchShop): { bytes: number; run: () => void } {
  const whole = [tables.item, tables.itemScale, index.offsets, prior];
  const read = whole.reduce((sum, { byteLength }) => sum + byteLength, ROW_BYTES * index.rows.length);
  const words = new Float64Array(4 * Math.ceil(read / 32)).fill(1);
  const scores = new Float32Array(index.count);
  return {
    bytes: read + scores.byteLength,
    run() {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let k = 0; k < words.length; k += 4) {
        a += words[k]!;
        b += words[k + 1]!;
        c += words[k + 2]!;
        d += words[k + 3]!;
      }
      scores.fill(a + b + c + d);
    },
  };
}
