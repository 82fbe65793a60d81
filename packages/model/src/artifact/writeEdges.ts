import type { Edges } from '../edges.ts';
import { writeSafetensors } from './safetensors.ts';
import { widths } from './widths.ts';

/**
 * Edges, or pairs, as the bytes of their file. Instead of the items that edges reach there is how many items lie between one and
 * the one before, seven bits a byte, the lowest first, with the eighth bit where more follow (LEB128).
 */
export function writeEdges({ start, to, weight, scale }: Edges): Uint8Array<ArrayBuffer> {
  const count = scale.length;
  const skipped: number[] = [];
  for (let i = 0; i < count; i++) {
    let next = 0;
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      let rest = to[k]! - next;
      for (; rest > 127; rest >>>= 7) skipped.push((rest & 127) | 128);
      skipped.push(rest);
      next = to[k]! + 1;
    }
  }
  return writeSafetensors({
    skipped: { shape: [skipped.length], data: Uint8Array.from(skipped) },
    weight: { shape: [weight.length], data: weight },
    counts: { shape: [count], data: widths(start) },
    scale: { shape: [count], data: scale },
  });
}
