import type { ItemIndex } from './itemIndex.ts';
import { decodeLive } from './live.ts';
import { LIVE_SIGNALS, type Signals } from './signals.ts';

/**
 * What each item's score holds before anyone looks: its live signals and its offset where unknown, weighted. It changes
 * with the catalogue and its counters, never with the shopper.
 *
 * @returns count numbers
 */
export function itemPrior(index: ItemIndex, weights: Signals): Float32Array {
  const prior = new Float32Array(index.count);
  for (let i = 0; i < index.count; i++) {
    let score = index.rung[i] === 0 ? 0 : weights.unknown;
    LIVE_SIGNALS.forEach((signal, h) => {
      score += weights[signal] * decodeLive(index.live[i * LIVE_SIGNALS.length + h]!);
    });
    prior[i] = score;
  }
  return prior;
}
