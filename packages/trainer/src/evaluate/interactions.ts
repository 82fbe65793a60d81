import type { EventLog } from '../read/EventLog.ts';
import { type Groups, groups } from '../read/groups.ts';
import type { Within } from './Within.ts';

/** Who had what, for methods whose cost grows with a power of the number of items: the most popular ones alone. */
export interface Interactions {
  /** Items of the log, the most popular first. */
  readonly items: Uint32Array;
  /** Position in `items` of each item of the log, -1 where it is not among them. */
  readonly position: Int32Array;
  /** The distinct positions of each session or history. */
  readonly byUser: Groups;
  /** The sessions or histories of each position. */
  readonly byItem: Groups;
}

/** Takes the first `until` events of a log apart. */
export function interactions(log: EventLog, until: number, within: Within, most: number): Interactions {
  const counts = new Uint32Array(log.itemIds.length);
  for (let e = 0; e < until; e++) counts[log.item[e]!]!++;
  const items = Uint32Array.from(counts.keys())
    .filter((item) => counts[item]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, most);
  const position = new Int32Array(log.itemIds.length).fill(-1);
  items.forEach((item, at) => (position[item] = at));

  const user = within === 'session' ? log.session : log.sequence;
  const all = groups(user, log.item, until);
  const users = new Uint32Array(until);
  const positions = new Uint32Array(until);
  const latest = new Int32Array(items.length).fill(-1);
  let count = 0;
  for (let u = 0; u < all.start.length - 1; u++) {
    for (let k = all.start[u]!; k < all.start[u + 1]!; k++) {
      const at = position[all.values[k]!]!;
      if (at < 0 || latest[at] === u) continue;
      latest[at] = u;
      users[count] = u;
      positions[count++] = at;
    }
  }
  return {
    items,
    position,
    byUser: groups(users, positions, count, all.start.length - 1),
    byItem: groups(positions, users, count, items.length),
  };
}
