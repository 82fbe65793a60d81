/** How many of the latest items of its session an event is paired with. */
export const PAIR_WINDOW = 10;
/** Most pairs of an item that are served. */
export const MAX_PAIRS = 32;
/** Most pairs of an item that are counted; beyond, the weaker half is forgotten. */
export const KEPT_PAIRS = 2 * MAX_PAIRS;
/** Half-life of pair counts, in days; that of `live20`, which they are compared with. */
export const PAIR_HALF_LIFE = 20;

/** What is left of a pair for each moment between its items, and where it is read against their order. */
const DISTANCE_DECAY = 0.8;
const BACKWARD = 0.7;

/** Items that were lately taken with another one, and how strong each pair is. */
export interface Pairs {
  readonly to: ArrayLike<number>;
  readonly weight: ArrayLike<number>;
}

/**
 * What an event adds to the counts of a pair: `forward` to that of the earlier item, `backward` to that of the event's own.
 *
 * @param distance moments between the two, >= 0; lines of one basket share a moment, and have no order
 */
export function pairGain(distance: number): { forward: number; backward: number } {
  const forward = DISTANCE_DECAY ** distance;
  return { forward, backward: distance === 0 ? forward : BACKWARD * forward };
}

/**
 * Weight of a pair: its count over those of its items, c / ((n(from) + 0.5)^0.5 (n(to) + 0.5)^0.2), as in `cosineEdges` of the
 * trainer, with more let through of what sells well. All are decayed by `PAIR_HALF_LIFE`.
 *
 * @param from events of the item that the pair leaves
 * @param to events of the item that it reaches
 */
export function pairWeight(count: number, from: number, to: number): number {
  return count / ((from + 0.5) ** 0.5 * (to + 0.5) ** 0.2);
}
