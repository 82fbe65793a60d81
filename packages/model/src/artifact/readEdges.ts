import { type Edges, MAX_EDGES } from '../edges.ts';
import { ArtifactError } from './ArtifactError.ts';
import type { Manifest } from './manifest.ts';
import { formatBelow } from './numbersBelow.ts';
import { readSafetensors, takeTensor } from './safetensors.ts';

/**
 * Edges, or pairs, from the bytes of their file.
 *
 * @throws {ArtifactError}
 */
export function readEdges(file: string, bytes: Uint8Array<ArrayBuffer>, { items: count }: Manifest): Edges {
  const tensors = readSafetensors(file, bytes);
  const counts = takeTensor(file, tensors, 'counts', 'U8', [count]);
  const scale = takeTensor(file, tensors, 'scale', 'F32', [count]);
  const start = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) {
    if (counts[i]! > MAX_EDGES)
      throw new ArtifactError(file, `${counts[i]} edges of item ${i}`, `at most ${MAX_EDGES}`);
    if (!(scale[i]! >= 0 && scale[i]! < Infinity))
      throw new ArtifactError(file, `scale ${scale[i]} of item ${i}`, 'a number >= 0');
    start[i + 1] = start[i]! + counts[i]!;
  }
  const skipped = takeTensor(file, tensors, 'skipped', formatBelow(count), [start[count]!]);
  const to = skipped.slice();
  for (let i = 0; i < count; i++) {
    let next = 0;
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      const item = next + skipped[k]!;
      if (item >= count) throw new ArtifactError(file, `an edge to item ${item}`, `items below ${count}`);
      to[k] = item;
      next = item + 1;
    }
  }
  const weight = takeTensor(file, tensors, 'weight', 'I8', [start[count]!]);
  // Copies leave the file's own memory free.
  return { start, to, weight: weight.slice(), scale: scale.slice() };
}
