import { bucketScores, gatherScores } from '@evershelf/model';
import type { Engine, Scorable } from './Engine.ts';
import { selectTop } from './selectTop.ts';

/** Ranks on the CPU, in the calling thread. */
export function cpuEngine(): Engine {
  let shop: Scorable | undefined;
  let buckets = new Float32Array(0);
  let scores = new Float32Array(0);
  return {
    name: 'cpu',
    load(next) {
      if (buckets.length !== next.tables.rows) buckets = new Float32Array(next.tables.rows);
      if (scores.length !== next.index.count) scores = new Float32Array(next.index.count);
      shop = next;
    },
    async topK(asks) {
      const { tables, index, ids } = shop!;
      return asks.map(({ query, prior, mask, k }) => {
        bucketScores(tables, query, buckets);
        gatherScores(buckets, index, prior, query, scores);
        return selectTop(scores, mask, k, ids);
      });
    },
    close() {
      shop = undefined;
    },
  };
}
