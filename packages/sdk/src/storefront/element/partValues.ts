import type { AttributeValue, Item } from '@evershelf/model';
import { numberText, type NumberStyle, priceText } from './numberText.ts';

/** What a card shows. */
export interface CardContent extends NumberStyle {
  readonly item: Item;
  /** From 1. */
  readonly position: number;
  /** Why it is here, in a sentence; absent where there is nothing to say. */
  readonly why?: string | undefined;
  /** Address of an item's page, with attributes in braces, where items have no `url` of their own. */
  readonly href?: string | undefined;
}

/** What a part of a card shows: a text, or whether it is shown at all; undefined where the item has nothing of that name. */
export function partValue(
  name: string,
  { item, position, why, ...style }: CardContent,
): string | boolean | undefined {
  if (name === 'why') return why;
  if (name === 'position') return numberText(position, style);
  const value: AttributeValue | undefined = item[name];
  if (typeof value === 'number')
    return /price$/i.test(name) ? priceText(value, style) : numberText(value, style);
  if (name === 'category' && Array.isArray(value)) return value.at(-1);
  return Array.isArray(value) ? value.join(', ') : (value as string | boolean | undefined);
}

/** An attribute of the item as it is, for an attribute of the page. */
export function rawValue(name: string, { item, position }: CardContent): string | undefined {
  const value = name === 'position' ? position : item[name];
  return value === undefined ? undefined : String(value);
}
