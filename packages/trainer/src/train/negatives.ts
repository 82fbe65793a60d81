import type { EventLog } from '../read/EventLog.ts';
import type { Random } from './random.ts';

/** Share of negatives drawn by popularity; the others are drawn evenly, so that rare items learn as well. */
const BY_POPULARITY = 0.5;

/** A sampler of negatives, and what each item's logit is corrected by. */
export interface Negatives {
  draw(random: Random): number;
  /**
   * items; ln of the probability of one draw, less ln of the item's share of the events. The share is an offset of the logit:
   * what sells is for the live signals to say, and the two-tower learns what they leave unexplained.
   */
  readonly correction: Float32Array;
}

/** Draws half of the negatives as often as they occur in the log's first `until` events, half evenly. */
export function negativesOf(log: EventLog, until: number, items: number): Negatives {
  const counts = new Float64Array(items);
  for (let e = 0; e < until; e++) counts[log.item[e]!]!++;
  const correction = Float32Array.from(counts, (count) => {
    const drawn = (BY_POPULARITY * count) / until + (1 - BY_POPULARITY) / items;
    return Math.log(drawn) - Math.log((count + 1) / until);
  });
  return {
    correction,
    draw: (random) =>
      random() < BY_POPULARITY ? log.item[Math.floor(random() * until)]! : Math.floor(random() * items),
  };
}
