import { type Intent, type PersonalItem, suits } from '@evershelf/model';
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

/** One byte for each of the first `count` items of the shop, 1 where it may be on the shelf. */
export function maskOf(
  shop: Shop,
  count: number,
  { only = false, exclude = [], filter }: RecommendOptions,
  { intent, handed, looked, personal }: Asked,
): Uint8Array {
  const mask = only ? new Uint8Array(count) : shop.recommendable().slice(0, count);
  for (const i of handed) if (shop.item(i).inStock !== false) mask[i] = 1;
  for (const id of exclude) mask[shop.find(id) ?? count] = 0;
  if (looked !== undefined) mask[looked] = 0;
  if (filter !== undefined)
    for (let i = 0; i < count; i++) if (mask[i] === 1 && !filter(shop.item(i))) mask[i] = 0;
  if (!suits(intent, true)) for (const { index } of personal) mask[index] = 0;
  if (suits(intent, false)) return mask;
  const kept = new Uint8Array(count);
  for (const { index } of personal) kept[index] = mask[index]!;
  return kept;
}
