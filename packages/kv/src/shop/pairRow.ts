import { KEPT_PAIRS, liveDecay, MAX_PAIRS, PAIR_HALF_LIFE, type PairCount } from '@evershelf/model';

/** Decayed counts of what was taken with an item, each other item once, at most `KEPT_PAIRS`, as of one moment. */
export interface PairRow {
  readonly counts: readonly PairCount[];
  /** Unix seconds. */
  readonly time: number;
}

/** The row as it is at a later moment. */
export function agedRow({ counts, time }: PairRow, now: number): PairRow {
  const left = liveDecay(now - time, PAIR_HALF_LIFE);
  return { counts: counts.map(([id, count]) => [id, count * left]), time: now };
}

/** Both counted one after the other, as of the later of their moments; a full row forgets its weaker half for a new item. */
export function sumRows(a: PairRow, b: PairRow): PairRow {
  const time = Math.max(a.time, b.time);
  let row = new Map(agedRow(a, time).counts);
  for (const [id, count] of agedRow(b, time).counts) {
    if (!row.has(id) && row.size === KEPT_PAIRS) row = new Map(strongerHalf([...row]));
    row.set(id, (row.get(id) ?? 0) + count);
  }
  return { counts: [...row], time };
}

function strongerHalf(counts: readonly PairCount[]): PairCount[] {
  return counts.toSorted(([, a], [, b]) => b - a).slice(0, MAX_PAIRS);
}
