import type { EventLog } from '../read/EventLog.ts';
import type { SequenceItems } from '../read/sequenceItems.ts';
import type { Method } from './Method.ts';

const DAY = 86_400;

/** Far below what is left of any count: items that the sequence never had are ranked by their events so far. */
const TIE_BREAK = 1e-20;

/** Ranks items by how often their sequence had them, each time losing half its weight in `halfLife` days. */
export function personalFrequency(
  log: EventLog,
  { start, item, ofEvent }: SequenceItems,
  { halfLife }: { halfLife: number },
): Method {
  const frequency = new Float64Array(item.length);
  const time = new Float64Array(item.length);
  const ties = new Float32Array(log.itemIds.length);
  const left = (k: number, now: number): number => frequency[k]! * 2 ** ((time[k]! - now) / (halfLife * DAY));
  return {
    observe(e) {
      const k = ofEvent[e]!;
      frequency[k] = left(k, log.time[e]!) + 1;
      time[k] = log.time[e]!;
      ties[log.item[e]!]! += TIE_BREAK;
    },
    score(moment, out) {
      out.set(ties);
      for (let k = start[moment.sequence]!; k < start[moment.sequence + 1]!; k++) {
        if (frequency[k]! > 0) out[item[k]!]! += left(k, moment.time);
      }
    },
  };
}
