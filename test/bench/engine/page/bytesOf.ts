import type { BenchShop } from './makeShop.ts';

/** Bytes of the model that our engines are handed. */
export function bytesOf({ tables, index, prior }: BenchShop): number {
  return [tables.item, tables.itemScale, index.offsets, index.rows, prior].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );
}
