import { bestItems } from './bestItems.ts';
import type { Ranked } from './Engine.ts';

/**
 * The k best of the unmasked items by score, equal scores by id.
 *
 * @param mask 0 for the items that are left out
 */
export function selectTop(scores: Float32Array, mask: Uint8Array, k: number, ids: readonly string[]): Ranked {
  const best = bestItems(k, ids);
  let bar = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (mask[i] === 0 || scores[i]! < bar) continue;
    best.offer(i, scores[i]!);
    bar = best.bar();
  }
  return best.ranked();
}
