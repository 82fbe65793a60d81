import type { ItemIndex } from './itemIndex.ts';
import { decodeLive } from './live.ts';
import { LIVE_SIGNALS, type Signals } from './signals.ts';

/** The signals that an item has whoever looks: its live counters, and whether its id is unknown. */
export type ItemSignals = Pick<Signals, (typeof LIVE_SIGNALS)[number] | 'unknown'>;

/** The signals of item i that no shopper changes. */
export function itemSignals({ rung, live }: ItemIndex, i: number): ItemSignals {
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
  index: ItemIndex,
  weights: Signals,
  known: Float32Array = new Float32Array(0),
): Float32Array {
  const prior = new Float32Array(index.count);
  prior.set(known);
  for (let i = known.length; i < index.count; i++) {
    const { live1, live5, live20, unknown } = itemSignals(index, i);
    prior[i] =
      weights.live1 * live1 + weights.live5 * live5 + weights.live20 * live20 + weights.unknown * unknown;
  }
  return prior;
}
