import { isThing, type Thing } from './Graph.ts';

/** Longest script that is read, in UTF-16 code units, and most things of it. */
const LENGTH = 500_000;
const THINGS = 500;

/**
 * The things that a `<script type="application/ld+json">` names: of a list and of `@graph` each one.
 *
 * @returns undefined where it is no JSON, or too long
 */
export function jsonLd(script: string): Thing[] | undefined {
  if (script.length > LENGTH) return undefined;
  // Line breaks within texts, which JSON does not know, are the commonest mistake. Shops from before HTML5 hide scripts from browsers
  // that show them.
  const json = script
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:<!--|\/[*/]\s*<!\[CDATA\[(?:\s*\*\/)?)|(?:\/[*/]\s*)?(?:-->|\]\]>(?:\s*\*\/)?)$/g, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  return [value]
    .flat()
    .slice(0, THINGS)
    .flatMap((each) =>
      isThing(each) && Array.isArray(each['@graph']) ? each['@graph'].slice(0, THINGS) : [each],
    )
    .filter(isThing)
    .slice(0, THINGS);
}
