/** Ranks below this count. */
const CUTOFF = 20;

/** Quality over `n` judged events. */
export interface Quality {
  readonly n: number;
  readonly 'recall@20': number;
  readonly 'ndcg@20': number;
  readonly 'mrr@20': number;
}

/** Adds up the ranks of targets. */
export interface Tally {
  /** @param rank how many other candidates score at least as high, >= 0 */
  add(rank: number): void;
  quality(): Quality;
}

/** One relevant item per event: NDCG is 1 / log2(rank + 2), reciprocal rank 1 / (rank + 1), both 0 from rank 20 on. */
export function tally(): Tally {
  let n = 0;
  let hits = 0;
  let gain = 0;
  let reciprocal = 0;
  return {
    add(rank) {
      n++;
      if (rank >= CUTOFF) return;
      hits++;
      gain += 1 / Math.log2(rank + 2);
      reciprocal += 1 / (rank + 1);
    },
    quality() {
      const mean = (sum: number): number => (n === 0 ? 0 : sum / n);
      return { n, 'recall@20': mean(hits), 'ndcg@20': mean(gain), 'mrr@20': mean(reciprocal) };
    },
  };
}
