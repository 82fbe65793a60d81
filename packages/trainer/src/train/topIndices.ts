/** Positions of the `k` largest scores, the least of them first and the others in no order; fewer where there are fewer scores. */
export function topIndices(scores: ArrayLike<number>, k: number): Uint32Array {
  const heap = new Uint32Array(Math.min(k, scores.length));
  const size = heap.length;
  const sink = (from: number): void => {
    const held = heap[from]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && scores[heap[child + 1]!]! < scores[heap[child]!]!) child++;
      if (scores[heap[child]!]! >= scores[held]!) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = held;
  };
  for (let i = 0; i < size; i++) heap[i] = i;
  for (let i = (size >> 1) - 1; i >= 0; i--) sink(i);
  let least = size > 0 ? scores[heap[0]!]! : Infinity;
  for (let i = size; i < scores.length; i++) {
    if (scores[i]! > least) {
      heap[0] = i;
      sink(0);
      least = scores[heap[0]!]!;
    }
  }
  return heap;
}
