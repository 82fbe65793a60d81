import type { EventLog } from '../read/EventLog.ts';

/**
 * What was taken together: the sessions of a log, or whole histories where sessions hold one item each. Group g has the
 * items items[start[g]] to items[start[g + 1] - 1] in their order, each at a moment of the group.
 */
export interface Groups {
  readonly count: number;
  readonly start: Uint32Array;
  readonly items: Uint32Array;
  /** How many moments of its group came before an item's; lines of one basket share a moment. */
  readonly moment: Uint32Array;
  /** count; the group's last event, in Unix seconds. */
  readonly time: Float64Array;
  /** The places in `items` by item: those of item i are places[byItem[i]] to places[byItem[i + 1] - 1]. */
  readonly byItem: Uint32Array;
  readonly places: Uint32Array;
  /** The group of each place. */
  readonly groupOf: Uint32Array;
}

/** Sessions of fewer items than this, on average, say little of what goes together. */
const LEAST_ITEMS = 1.5;

/**
 * Groups a log's first `until` events; an item counts once in a group, by its first event.
 *
 * @param items how many item numbers there are
 */
export function groupsOf(log: EventLog, until: number, items: number): Groups {
  const sessions = sizesOf(log.session, until);
  const filled = sessions.reduce((sum, size) => sum + (size > 0 ? 1 : 0), 0);
  const key = until >= LEAST_ITEMS * filled ? log.session : log.sequence;
  const sizes = key === log.session ? sessions : sizesOf(key, until);
  const count = sizes.length;
  const from = new Uint32Array(count + 1);
  for (let g = 0; g < count; g++) from[g + 1] = from[g]! + sizes[g]!;
  const events = new Uint32Array(until);
  const at = from.slice();
  for (let e = 0; e < until; e++) events[at[key[e]!]!++] = e;

  const start = new Uint32Array(count + 1);
  const [ordered, moment, groupOf] = [new Uint32Array(until), new Uint32Array(until), new Uint32Array(until)];
  const time = new Float64Array(count).fill(NaN);
  const byItem = new Uint32Array(items + 1);
  const seenIn = new Uint32Array(items);
  let end = 0;
  for (let g = 0; g < count; g++) {
    let moments = -1;
    for (let k = from[g]!; k < from[g + 1]!; k++) {
      const e = events[k]!;
      const item = log.item[e]!;
      if (log.time[e] !== time[g]) moments++;
      time[g] = log.time[e]!;
      if (seenIn[item] === g + 1) continue;
      seenIn[item] = g + 1;
      ordered[end] = item;
      groupOf[end] = g;
      moment[end++] = moments;
      byItem[item + 1]!++;
    }
    start[g + 1] = end;
  }
  for (let i = 0; i < items; i++) byItem[i + 1] = byItem[i + 1]! + byItem[i]!;
  const places = new Uint32Array(end);
  const next = byItem.slice();
  for (let place = 0; place < end; place++) places[next[ordered[place]!]!++] = place;
  return { count, start, items: ordered.slice(0, end), moment, time, byItem, places, groupOf };
}

function sizesOf(keys: Uint32Array, until: number): Uint32Array {
  let count = 0;
  for (let e = 0; e < until; e++) count = Math.max(count, keys[e]! + 1);
  const sizes = new Uint32Array(count);
  for (let e = 0; e < until; e++) sizes[keys[e]!]!++;
  return sizes;
}
