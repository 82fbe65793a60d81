import { CATEGORY, fold, levels } from './categories.ts';
import type { AttributeValue, Item } from './item.ts';
import { type Encoder, isPresent, type Schema } from './schema.ts';

/**
 * The feature tokens of an item's attributes, in the schema's order; the category path is left out, since the ladder
 * treats it apart (`categoryFeatures`).
 */
export function attributeFeatures(schema: Schema, item: Item): string[] {
  const tokens: string[] = [];
  for (const encoder of schema) {
    if (encoder.as === 'path' && encoder.attribute === CATEGORY) continue;
    encode(encoder, item, tokens);
  }
  return tokens;
}

function encode(encoder: Encoder, item: Item, tokens: string[]): void {
  if (encoder.as === 'cross') {
    const values = encoder.attributes.map((attribute) => single(item[attribute]));
    if (values.every((value) => value !== undefined)) {
      tokens.push(`${encoder.attributes.join('*')}=${values.join('*')}`);
    }
    return;
  }
  const { attribute } = encoder;
  const value = item[attribute];
  if (!isPresent(value)) return;
  switch (encoder.as) {
    case 'path':
      for (const level of levels(list(value))) tokens.push(`${attribute}=${level}`);
      break;
    case 'value':
      for (const each of list(value)) tokens.push(`${attribute}=${fold(each)}`);
      break;
    case 'list':
      for (const each of list(value).slice(0, encoder.max)) tokens.push(`${attribute}=${fold(each)}`);
      break;
    case 'words':
      for (const word of words(list(value).join(' ')).slice(0, encoder.max))
        tokens.push(`${attribute}=${word}`);
      break;
    case 'bins':
      if (typeof value === 'number') tokens.push(`${attribute}=${bin(value, encoder.perDoubling)}`);
      break;
  }
}

/** Bin of a number on a log scale: 0 for nothing and less, then `perDoubling` bins for each factor of two from 0.01. */
function bin(value: number, perDoubling: number): number {
  return value <= 0.01 ? 0 : Math.min(255, 1 + Math.floor(perDoubling * Math.log2(value / 0.01)));
}

/** The distinct words of a text, folded, in their order; single letters and bare punctuation say nothing. */
function words(text: string): string[] {
  return [...new Set(fold(text).match(/[\p{L}\p{N}]{2,}/gu) ?? [])];
}

/** One value as text, or undefined: crosses take lists by their last entry, the most specific level of a path. */
function single(value: AttributeValue | undefined): string | undefined {
  if (!isPresent(value)) return undefined;
  const all = list(value);
  return fold(Array.isArray(value) ? levels(all).at(-1)! : all[0]!);
}

function list(value: AttributeValue): readonly string[] {
  return Array.isArray(value) ? value : [String(value)];
}
