import { textOf } from './textOf.ts';

const SEPARATOR = /\s*[>›»]\s*|\s+\/\s+/u;
/** Most levels of a path. */
const LEVELS = 16;

/**
 * A category path, root first, from what a page has of it: `"Men > Shirts"`, or its levels. A text that is an address or a number
 * (of somebody's taxonomy) names no category.
 *
 * @returns undefined where there is none
 */
export function categoryOf(levels: readonly unknown[]): string[] | undefined {
  const path = levels
    .slice(0, LEVELS)
    .map(textOf)
    .filter((text): text is string => text !== undefined && !/^(?:https?:\/\/|\d+$)/.test(text))
    .flatMap((text) => text.split(SEPARATOR))
    .filter((level) => level !== '')
    .slice(0, LEVELS);
  return path.length === 0 ? undefined : path;
}
