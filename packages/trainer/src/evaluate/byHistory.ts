import { type Quality, tally } from './Tally.ts';

/** Least numbers of earlier events of the groups. */
const FROM = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Quality where the sequence had at least `from` and fewer than `below` earlier events. */
export interface HistoryQuality extends Quality {
  readonly from: number;
  readonly below: number | null;
}

/**
 * Quality by the number of earlier events of the sequence; groups without an event are left out.
 *
 * @param ranks one an event
 * @param sizes the earlier events of its sequence
 */
export function byHistory(ranks: Uint32Array, sizes: Uint32Array): HistoryQuality[] {
  const tallies = FROM.map(tally);
  ranks.forEach((rank, e) => tallies[FROM.findLastIndex((from) => sizes[e]! >= from)]!.add(rank));
  return FROM.map((from, k) => ({ from, below: FROM[k + 1] ?? null, ...tallies[k]!.quality() })).filter(
    ({ n }) => n > 0,
  );
}
