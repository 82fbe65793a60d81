import type { Edges } from '../edges.ts';
import { numbersBelow } from './numbersBelow.ts';
import { writeSafetensors } from './safetensors.ts';
import { widths } from './widths.ts';

/**
 * Edges, or pairs, as the bytes of their file. Instead of the items that edges reach there is how many items lie between one and
 * the one before: small numbers, which compress.
 */
export function writeEdges({ start, to, weight, scale }: Edges): Uint8Array<ArrayBuffer> {
  const count = scale.length;
  const skipped = new Uint32Array(to.length);
  for (let i = 0; i < count; i++) {
    let next = 0;
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      skipped[k] = to[k]! - next;
      next = to[k]! + 1;
    }
  }
  return writeSafetensors({
    skipped: { shape: [to.length], data: numbersBelow(count, skipped) },
    weight: { shape: [weight.length], data: weight },
    counts: { shape: [count], data: widths(start) },
    scale: { shape: [count], data: scale },
  });
}
