import type { Texts } from '@evershelf/model';
import type { Ranked } from './Engine.ts';

/** Keeps the k best of the items that it is shown. */
export interface BestItems {
  /** The least score that can still come in: that of the worst item kept, -Infinity while there is room. */
  bar(): number;
  /** Takes an item, each at most once, or leaves it. */
  offer(item: number, score: number): void;
  /** What was kept, best first; equal scores by id. */
  ranked(): Ranked;
}

/** A heap that holds the best so far with the worst of them on top: an offer takes O(log k). */
export function bestItems(k: number, ids: Texts): BestItems {
  const items: number[] = [];
  const scores: number[] = [];
  const isWorse = (item: number, score: number, other: number): boolean =>
    score < scores[other]! || (score === scores[other]! && ids.at(item)! > ids.at(items[other]!)!);
  const put = (at: number, item: number, score: number): void => {
    items[at] = item;
    scores[at] = score;
  };

  /** Lays an item on the top of the first `size` and lets it sink to its place. */
  const sink = (item: number, score: number, size: number): void => {
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isWorse(items[child + 1]!, scores[child + 1]!, child)) child++;
      if (isWorse(item, score, child)) break;
      put(at, items[child]!, scores[child]!);
      at = child;
    }
    put(at, item, score);
  };
  const rise = (item: number, score: number): void => {
    let at = items.length;
    for (let parent = (at - 1) >> 1; at > 0 && isWorse(item, score, parent); parent = (at - 1) >> 1) {
      put(at, items[parent]!, scores[parent]!);
      at = parent;
    }
    put(at, item, score);
  };

  return {
    bar: () => (items.length < k ? -Infinity : scores[0]!),
    offer(item, score) {
      if (items.length < k) rise(item, score);
      else if (!isWorse(item, score, 0)) sink(item, score, k);
    },
    ranked() {
      const found = { items: new Uint32Array(items.length), scores: new Float32Array(items.length) };
      for (let size = items.length; size > 0; size--) {
        found.items[size - 1] = items[0]!;
        found.scores[size - 1] = scores[0]!;
        sink(items[size - 1]!, scores[size - 1]!, size - 1);
      }
      items.length = scores.length = 0;
      return found;
    },
  };
}
