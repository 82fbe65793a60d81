import { type Edges, MAX_EDGES, SHORT_ITEMS } from '../edges.ts';
import { ArtifactError } from './ArtifactError.ts';
import type { Manifest } from './manifest.ts';
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
  const format = count <= SHORT_ITEMS ? 'U16' : 'U32';
  const to = Uint32Array.from(takeTensor(file, tensors, 'to', format, [start[count]!]));
  const outside = to.findIndex((item) => item >= count);
  if (outside >= 0) throw new ArtifactError(file, `an edge to item ${to[outside]}`, `items below ${count}`);
  return { start, to, weight: takeTensor(file, tensors, 'weight', 'I8', [start[count]!]), scale };
}
