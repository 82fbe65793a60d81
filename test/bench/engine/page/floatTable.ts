import type { Tables } from '../../../../packages/model/src/index.ts';

/** The item table as rows x dim float32, for those that read nothing smaller. */
export function floatTable({ item, itemScale, dim }: Tables): Float32Array {
  return Float32Array.from(item, (value, k) => value * itemScale[Math.floor(k / dim)]!);
}
