/** Ranks below this count. */
const CUTOFF = 20;

/** Quality over `n` judged events. */
export interface Quality {
  readonly n: number;
  readonly 'recall@20': number;
  readonly 'ndcg@20': number;
  readonly 'mrr@20': number;
}

/** What a target at a rank (>= 0) is worth in each measure, 0 from rank 20 on. */
export const GAIN = {
  'recall@20': (rank: number): number => (rank < CUTOFF ? 1 : 0),
  'ndcg@20': (rank: number): number => (rank < CUTOFF ? 1 / Math.log2(rank + 2) : 0),
  'mrr@20': (rank: number): number => (rank < CUTOFF ? 1 / (rank + 1) : 0),
} as const;

/** Adds up the ranks of targets. */
export interface Tally {
  /** @param rank how many other candidates score at least as high, >= 0 */
  add(rank: number): void;
  quality(): Quality;
}

/** One relevant item per event, so that its gain is the event's recall, NDCG and reciprocal rank. */
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
      gain += GAIN['ndcg@20'](rank);
      reciprocal += GAIN['mrr@20'](rank);
    },
    quality() {
      const mean = (sum: number): number => (n === 0 ? 0 : sum / n);
      return { n, 'recall@20': mean(hits), 'ndcg@20': mean(gain), 'mrr@20': mean(reciprocal) };
    },
  };
}
