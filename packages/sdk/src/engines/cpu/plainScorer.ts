import { bucketScores, gatherScores } from '@evershelf/model';
import type { Scorable } from '../Engine.ts';
import { selectTop } from '../selectTop.ts';
import type { Scorer } from './Scorer.ts';

/** Ranks in JavaScript, one context after the other: what every browser and every page's policy allows. */
export function plainScorer(): Scorer {
  let shop: Scorable | undefined;
  let buckets = new Float32Array(0);
  let scores = new Float32Array(0);
  return {
    atOnce: 1,
    load(next) {
      if (buckets.length !== next.tables.rows) buckets = new Float32Array(next.tables.rows);
      if (scores.length !== next.index.count) scores = new Float32Array(next.index.count);
      // Once for all questions: a table that was handed over is copied by who reads it.
      shop = { ...next, tables: { ...next.tables } };
      return true;
    },
    topK(asks) {
      const { tables, index, ids } = shop!;
      return asks.map(({ query, prior, mask, k }) => {
        bucketScores(tables, query, buckets);
        gatherScores(buckets, index, prior, query, scores);
        return selectTop(scores, mask, k, ids);
      });
    },
  };
}
