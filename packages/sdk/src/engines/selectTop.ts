import type { Ranked } from './Engine.ts';

/**
 * The k best of the unmasked items by score, equal scores by id: one pass over a heap that holds the best so far with
 * the worst of them on top, O(n + changes x log k).
 *
 * @param mask 0 for the items that are left out
 */
export function selectTop(scores: Float32Array, mask: Uint8Array, k: number, ids: readonly string[]): Ranked {
  const heap: number[] = [];
  const isWorse = (a: number, b: number): boolean => {
    const gap = scores[a]! - scores[b]!;
    return gap < 0 || (gap === 0 && ids[a]! > ids[b]!);
  };

  const sinkTop = (item: number, size: number): void => {
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isWorse(heap[child + 1]!, heap[child]!)) child++;
      if (!isWorse(heap[child]!, item)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = item;
  };
  const rise = (item: number): void => {
    let at = heap.length;
    for (let parent = (at - 1) >> 1; at > 0 && isWorse(item, heap[parent]!); parent = (at - 1) >> 1) {
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = item;
  };

  let bar = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (mask[i] === 0 || scores[i]! < bar) continue;
    if (heap.length < k) {
      rise(i);
    } else if (isWorse(heap[0]!, i)) {
      sinkTop(i, k);
    }
    if (heap.length === k) bar = scores[heap[0]!]!;
  }

  const items = new Uint32Array(heap.length);
  for (let size = heap.length; size > 0; size--) {
    items[size - 1] = heap[0]!;
    sinkTop(heap[size - 1]!, size - 1);
  }
  return { items, scores: Float32Array.from(items, (item) => scores[item]!) };
}
