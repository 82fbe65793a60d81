import type { Texts } from '@evershelf/model';
import type { Ranked } from './Engine.ts';

/** Keeps the k best of the items that it is shown. */
export interface BestItems {
  /** Takes an item, each at most once, or leaves it; its score is one of single precision. */
  offer(item: number, score: number): void;
  /** What was kept, best first; equal scores by id. */
  ranked(): Ranked;
}

/** Bits of a double that single precision has no use for. */
const SPARE = 2 ** 29 - 1;
/** Infinity in single precision, and no more than a number in double, which has these bits. */
const INFINITE = 2 ** 128;

/**
 * Collects up to 2 k items, then leaves the k best of them: an offer takes O(log k). An item's number stands in the spare bits of
 * its score, so that the browser's own sort moves both.
 *
 * @param kept room for 2 k + 1 scores, or for that many items
 */
export function bestItems(
  k: number,
  ids: Texts,
  kept = new Float64Array(2 * Math.min(k, ids.length) + 1),
): BestItems {
  const words = new Uint32Array(kept.buffer);
  let n = 0;
  let bar = -Infinity;
  /** The item at the bar; at first none, whose id is behind no other. */
  let last = ids.length;
  const itemAt = (at: number): number => words[2 * at]! & SPARE;
  const scoreAt = (at: number): number => Math.fround(kept[at]!);

  /** Sorts what is there, the worst first, and leaves the k best. */
  const leave = (): void => {
    kept.subarray(0, n).sort();
    for (let from = n, to = n; from-- > 0;) {
      if (from > 0 && scoreAt(from - 1) === scoreAt(from)) continue;
      if (to - from > 1)
        Uint32Array.from({ length: to - from }, (_, at) => itemAt(from + at))
          .sort((a, b) => (ids.at(a)! < ids.at(b)! ? 1 : -1))
          .forEach((item, at) => (words[2 * (from + at)]! += item - itemAt(from + at)));
      to = from;
    }
    if (n < k) return;
    kept.copyWithin(0, n - k, n);
    n = k;
    bar = scoreAt(0);
    last = itemAt(0);
  };

  return {
    offer(item, score) {
      if (score < bar || (score === bar && ids.at(item)! > ids.at(last)!)) return;
      kept[n] = Math.max(-INFINITE, Math.min(INFINITE, score));
      words[2 * n]! |= item;
      if (++n > 2 * k) leave();
    },
    ranked() {
      leave();
      const items = new Uint32Array(n);
      for (let at = 0; at < n; at++) items[n - 1 - at] = itemAt(at);
      return { items, scores: new Float32Array(kept.subarray(0, n)).reverse() };
    },
  };
}
