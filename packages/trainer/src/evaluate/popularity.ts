import type { EventLog } from '../read/EventLog.ts';
import type { Method } from './Method.ts';

const DAY = 86_400;

/** Ranks items by how many events they have among the first `until`. */
export function popularity(log: EventLog, until: number): Method {
  const counts = new Float32Array(log.itemIds.length);
  for (let e = 0; e < until; e++) counts[log.item[e]!]!++;
  return { observe() {}, score: (_, out) => out.set(counts) };
}

/** Ranks items by how many events they have in the last `days`, which move on with the log; ties by all before. */
export function recentPopularity(log: EventLog, { days }: { days: number }): Method {
  const counts = new Float64Array(log.itemIds.length);
  const share = 1 / (log.count + 1);
  let oldest = 0;
  return {
    observe(e) {
      counts[log.item[e]!]! += 1 + share;
    },
    score({ time }, out) {
      for (; log.time[oldest]! < time - days * DAY; oldest++) counts[log.item[oldest]!]!--;
      out.set(counts);
    },
  };
}

/** Growth of a new event's weight after which all counts are scaled down. */
const LONGEST_GROWTH = 2 ** 60;

/** Ranks items by their events so far, each of which loses half its weight in `halfLife` days. */
export function trend(log: EventLog, { halfLife }: { halfLife: number }): Method {
  const counts = new Float64Array(log.itemIds.length);
  let since = log.time[0] ?? 0;
  return {
    observe(e) {
      let growth = 2 ** ((log.time[e]! - since) / (halfLife * DAY));
      if (growth > LONGEST_GROWTH) {
        for (let i = 0; i < counts.length; i++) counts[i] = counts[i]! / growth;
        since = log.time[e]!;
        growth = 1;
      }
      counts[log.item[e]!]! += growth;
    },
    score: (_, out) => out.set(counts),
  };
}
