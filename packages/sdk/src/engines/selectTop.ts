import type { Texts } from '@evershelf/model';
import { bestItems } from './bestItems.ts';
import type { Ranked } from './Engine.ts';
import { hasItem, type Mask } from './mask.ts';

/** The k best of the items of the mask by score, equal scores by id. */
export function selectTop(scores: Float32Array, mask: Mask, k: number, ids: Texts): Ranked {
  const best = bestItems(k, ids);
  let bar = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i]! < bar || !hasItem(mask, i)) continue;
    best.offer(i, scores[i]!);
    bar = best.bar();
  }
  return best.ranked();
}
