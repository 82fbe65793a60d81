import {
  bucketScores,
  gatherScores,
  type Intent,
  type Item,
  itemPrior,
  LIVE_HALF_LIVES,
  makeQuery,
  packItems,
  placeItem,
} from '@evershelf/model';
import type { EventLog } from '../read/EventLog.ts';
import { liveCounters } from '../train/LiveCounters.ts';
import { livePairs } from '../train/LivePairs.ts';
import type { TrainedModel } from '../train/trainModel.ts';
import type { Method } from './Method.ts';

/** Judged events between two refreshes of the live signals, as a page would get them from the service. */
const LIVE_EVERY = 16;

/**
 * A trained model as it runs in a page: unknown items by their rung, counters that move on with the log.
 *
 * @param items of the log, by its numbers
 */
export function evershelf(
  log: EventLog,
  items: readonly Item[],
  model: TrainedModel,
  intent: Intent,
): Method {
  const weights = model.heads[intent];
  const count = log.itemIds.length;
  const live = new Uint8Array(count * LIVE_HALF_LIVES.length);
  const index = packItems(
    items.slice(0, count).map((item) => placeItem(item, model.vocabulary)),
    live,
  );
  const counters = liveCounters(count);
  const pairs = weights.pairs === 0 ? undefined : livePairs(log, count);
  const buckets = new Float32Array(model.tables.rows);
  let prior: Float32Array = new Float32Array(count);
  let age = 0;
  return {
    observe(e) {
      counters.add(log.item[e]!, log.time[e]!);
      pairs?.add(e);
    },
    score({ time, sequence, personal, histories }, out) {
      if (age++ % LIVE_EVERY === 0) {
        counters.bytes(time, live);
        prior = itemPrior(index, weights);
      }
      const past = histories.context(sequence, index);
      const context = pairs?.join(past, time) ?? past;
      const query = makeQuery(model, weights, context, personal);
      bucketScores(model.tables, query, buckets);
      gatherScores(buckets, index, prior, query, out);
    },
  };
}
