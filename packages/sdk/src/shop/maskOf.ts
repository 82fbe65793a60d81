import { type Intent, type PersonalItem, suits } from '@evershelf/model';
import { addItem, hasItem, type Mask, noItems, removeItem } from '../engines/mask.ts';
import type { RecommendOptions } from '../types.ts';
import type { Shop } from './shop.ts';

/** What a call asks for, by the shop's numbers. */
interface Asked {
  readonly intent: Intent;
  /** Candidates of the page. */
  readonly handed: readonly number[];
  readonly looked: number | undefined;
  readonly personal: readonly PersonalItem[];
}

/** The items of the shop that may be on the shelf. */
export function maskOf(
  shop: Shop,
  { only = false, exclude = [], filter }: RecommendOptions,
  { intent, handed, looked, personal }: Asked,
): Mask {
  const count = shop.count();
  const mask = only ? noItems(count) : shop.recommendable().slice();
  for (const i of handed) if (shop.item(i).inStock !== false) addItem(mask, i);
  for (const id of exclude) {
    const i = shop.find(id);
    if (i !== undefined) removeItem(mask, i);
  }
  if (looked !== undefined) removeItem(mask, looked);
  const had = noItems(count);
  for (const { index } of personal) addItem(had, index);
  const [again, first] = [suits(intent, true), suits(intent, false)];
  for (let word = 0; word < mask.length; word++)
    mask[word]! &= (again ? had[word]! : 0) | (first ? ~had[word]! : 0);
  if (filter !== undefined)
    for (let i = 0; i < count; i++) if (hasItem(mask, i) && !filter(shop.item(i))) removeItem(mask, i);
  return mask;
}
