import type { ListedItems } from './itemIndex.ts';
import { decodeLive } from './live.ts';
import { LIVE_SIGNALS, type Signals } from './signals.ts';

/** The signals that an item has whoever looks: its live counters, and whether its id is unknown. */
export type ItemSignals = Pick<Signals, (typeof LIVE_SIGNALS)[number] | 'unknown'>;

/** The signals of item i that no shopper changes. */
export function itemSignals({ rung, live }: ListedItems, i: number): ItemSignals {
  const at = i * LIVE_SIGNALS.length;
  return {
    live1: decodeLive(live[at]!),
    live5: decodeLive(live[at + 1]!),
    live20: decodeLive(live[at + 2]!),
    unknown: rung[i] === 0 ? 0 : 1,
  };
}

/**
 * What each item's score holds before anyone looks: its own signals, weighted. It changes with the catalogue and its
 * counters, never with the shopper.
 *
 * @param known numbers of the first items, which have not changed
 * @returns count numbers
 */
export function itemPrior(
  index: ListedItems,
  weights: Signals,
  known: Float32Array = new Float32Array(0),
): Float32Array {
  const { count, live, rung } = index;
  const prior = new Float32Array(count);
  prior.set(known);
  // A step of a live byte is a power of two: the sums are those of `itemSignals`, without an object for each item.
  const step = decodeLive(1);
  const [one, five, twenty] = [step * weights.live1, step * weights.live5, step * weights.live20];
  for (let i = known.length, at = 3 * i; i < count; i++, at += 3) {
    prior[i] =
      one * live[at]! + five * live[at + 1]! + twenty * live[at + 2]! + (rung[i] === 0 ? 0 : weights.unknown);
  }
  return prior;
}
