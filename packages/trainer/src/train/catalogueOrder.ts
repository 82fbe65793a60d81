import type { Item } from '@evershelf/model';

/**
 * Items as a catalogue lists them: by category, then title, then id. Alike ones stand side by side, so that their columns and the
 * edges among them take half the bytes once they are compressed.
 *
 * @returns positions in `items`
 */
export function catalogueOrder(items: readonly Item[]): Uint32Array {
  const keys = items.map(({ id, category, title }) => [category?.join('\0') ?? '', title ?? '', id] as const);
  return Uint32Array.from(items.keys()).sort((a, b) => {
    for (let k = 0; k < 3; k++) {
      const [x, y] = [keys[a]![k]!, keys[b]![k]!];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  });
}
