import type { EventLog } from '../read/EventLog.ts';
import { evenly, type Range } from '../workers/slices.ts';
import { cooccurrence } from './cooccurrence.ts';
import { cosineEdges } from './cosineEdges.ts';
import { COSINE, HALF_LIFE } from './fitEdges.ts';
import { groupsOf } from './Groups.ts';
import { NEIGHBOURS } from './ridgeEdges.ts';

/** How many weights the estimates of a log's edges hold. */
export interface EdgeSizes {
  readonly cosine: number;
  readonly pairs: number;
  readonly ridge: number;
}

/** The items that are looked at: of each of so many parts those in the middle, one of so many. */
const SAMPLE = { parts: 64, oneOf: 32 } as const;

/** The sizes of a log's edges, as a sample of its items has them. */
export function edgeSizes(log: EventLog, items: number): EdgeSizes {
  const groups = groupsOf(log, log.count, items);
  let [looked, cosine, pairs, ridge] = [0, 0, 0, 0];
  for (const [from, until] of evenly([0, items], SAMPLE.parts)) {
    const size = Math.ceil((until - from) / SAMPLE.oneOf);
    const first = Math.floor((from + until - size) / 2);
    const range: Range = [first, first + size];
    looked += size;
    cosine += cosineEdges(groups, items, COSINE, range).to.length;
    const { start } = cooccurrence(groups, items, HALF_LIFE, range).pairs;
    pairs += start.at(-1)!;
    for (let row = 1; row < start.length; row++) ridge += Math.min(NEIGHBOURS, start[row]! - start[row - 1]!);
  }
  const inAll = (count: number): number => Math.round((count * items) / looked);
  return { cosine: inAll(cosine), pairs: inAll(pairs), ridge: inAll(ridge) };
}
