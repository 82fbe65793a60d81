import type { Texts } from '@evershelf/model';
import { bestItems } from './bestItems.ts';
import type { Ranked } from './Engine.ts';
import { hasItem, type Mask } from './mask.ts';

/** The k best of the items of the mask by score, equal scores by id. */
export function selectTop(scores: Float32Array, mask: Mask, k: number, ids: Texts): Ranked {
  const best = bestItems(k, ids);
  for (let i = 0; i < scores.length; i++) if (hasItem(mask, i)) best.offer(i, scores[i]!);
  return best.ranked();
}
