import type { EventLog } from '../read/EventLog.ts';
import type { Method } from './Method.ts';
import { type PushDown, pushDown } from './pushDown.ts';

/** Ranks items by how many events they have among the first `until`. */
export function popularity(log: EventLog, until: number, { push }: { push: PushDown }): Method {
  const counts = new Float32Array(log.itemIds.length);
  for (let e = 0; e < until; e++) counts[log.item[e]!]!++;
  return {
    observe() {},
    score(moment, out) {
      out.set(counts);
      pushDown(push, moment, out);
    },
  };
}

/** Ranks items by how many events they have in the last `days`, which move on with the log; ties by all before. */
export function recentPopularity(log: EventLog, { days, push }: { days: number; push: PushDown }): Method {
  const counts = new Float64Array(log.itemIds.length);
  const share = 1 / (log.count + 1);
  let oldest = 0;
  return {
    observe(e) {
      counts[log.item[e]!]! += 1 + share;
    },
    score(moment, out) {
      for (; log.time[oldest]! < moment.time - days * 86_400; oldest++) counts[log.item[oldest]!]!--;
      out.set(counts);
      pushDown(push, moment, out);
    },
  };
}
