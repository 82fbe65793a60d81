/** One item of a feed as it stands there. */
export interface FeedRow {
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** The values of each attribute, by its name as `attributeName` spells it; trimmed, and not empty. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** Why it cannot be read: what was found and what was wanted; absent where it can. */
  readonly broken?: string;
}

/** Longest value that is kept of an attribute, in UTF-16 code units: a little over what Merchant Center takes. */
export const VALUE_LENGTH = 16_384;
/** Most attributes of an item, and values of an attribute. */
export const MOST_VALUES = 256;

/** One spelling for the names of attributes: `g:Image Link` and `image_link` are the same. */
export function attributeName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^[gc]:/, '')
    .replaceAll(/[\s-]+/g, '_');
}
