import { type EdgeLists, MAX_EDGES } from '../edges.ts';
import { ArtifactError } from './ArtifactError.ts';
import { LARGEST, type Manifest } from './manifest.ts';
import { readSafetensors, takeTensor } from './safetensors.ts';

/** What a step of numbers may be worth. */
export const SCALE = `a number from 0 to ${LARGEST}`;

export function isScale(value: number): boolean {
  return value >= 0 && value <= LARGEST;
}

/** Items of a block: where the edges of each block begin is kept, and those in front of an item in its block are gone through. */
const BLOCK = 16;

/**
 * Edges, or pairs, from the bytes of their file. They stay packed as they are there, as views into the bytes: an item's are
 * unpacked when somebody asks for them.
 *
 * @throws {ArtifactError}
 */
export function readEdges(
  file: string,
  bytes: Uint8Array<ArrayBuffer>,
  { items: count }: Manifest,
): EdgeLists {
  const tensors = readSafetensors(file, bytes);
  const counts = takeTensor(file, tensors, 'counts', 'U8', [count]);
  const scale = takeTensor(file, tensors, 'scale', 'F32', [count]);
  const skipped = takeTensor(file, tensors, 'skipped', 'U8');
  const weight = takeTensor(file, tensors, 'weight', 'I8');
  /** Unpacks some edges that begin at a byte of `skipped`. @returns where the next ones begin */
  const unpack = (from: number, edges: number, take: (item: number) => void): number => {
    let [byte, next] = [from, 0];
    for (let k = 0; k < edges; k++) {
      for (let unit = 1; ; unit *= 128) {
        next += (skipped[byte]! & 127) * unit;
        if (!(skipped[byte++]! > 127)) break;
      }
      take(next++);
    }
    return byte;
  };
  /** Of each block, its first byte of `skipped` and its first weight. */
  const blocks = new Uint32Array(2 * Math.ceil(count / BLOCK));
  let [bytesRead, edges] = [0, 0];
  const check = (item: number): void => {
    if (!(item < count)) throw new ArtifactError(file, `an edge to item ${item}`, `items below ${count}`);
  };
  for (let i = 0; i < count; i++) {
    if (counts[i]! > MAX_EDGES)
      throw new ArtifactError(file, `${counts[i]} edges of item ${i}`, `at most ${MAX_EDGES}`);
    if (!isScale(scale[i]!)) throw new ArtifactError(file, `scale ${scale[i]} of item ${i}`, SCALE);
    if (i % BLOCK === 0) blocks.set([bytesRead, edges], (2 * i) / BLOCK);
    bytesRead = unpack(bytesRead, counts[i]!, check);
    edges += counts[i]!;
  }
  if (bytesRead !== skipped.length || edges !== weight.length)
    throw new ArtifactError(
      file,
      `${skipped.length} bytes of items and ${weight.length} weights`,
      `${bytesRead} and ${edges}`,
    );
  return {
    items: count,
    each(j, take) {
      if (j >= count) return;
      const block = Math.floor(j / BLOCK);
      let [byte, edge] = [blocks[2 * block]!, blocks[2 * block + 1]!];
      for (let i = block * BLOCK; i < j; i++) {
        byte = unpack(byte, counts[i]!, () => {});
        edge += counts[i]!;
      }
      unpack(byte, counts[j]!, (item) => take(item, weight[edge++]! * scale[j]!));
    },
  };
}
