import type { Thing } from './Graph.ts';
import type { MarkupDocument, MarkupElement } from './MarkupElement.ts';

/** Most items of a page, elements of all of them, and items within items, that are read. */
const ITEMS = 500;
const ELEMENTS = 20_000;
const DEPTH = 16;

/** Attributes that hold the value of an element's property, by its name. */
const VALUE = new Map([
  ...['audio', 'embed', 'iframe', 'img', 'source', 'track', 'video'].map((name) => [name, 'src'] as const),
  ...['a', 'area', 'link'].map((name) => [name, 'href'] as const),
  ...['data', 'meter'].map((name) => [name, 'value'] as const),
  ['object', 'data'],
  ['time', 'datetime'],
]);

/**
 * The page's top-level items of microdata, by HTML's algorithm (nested items, several types and names, `itemref`), as things with
 * all values of a property in a list. Of any element, not of `meta` alone, `content` is the value where it is there, as search
 * engines read it. What stands in a shelf of Evershelf's own is not the page's.
 */
export function microdata(page: MarkupDocument): Thing[] {
  let left = ELEMENTS;
  /** @param within the items that this one stands in, itself included: an item that refers back to them is left out */
  const thingOf = (item: MarkupElement, within: readonly MarkupElement[]): Thing => {
    const properties = new Map<string, unknown[]>();
    const seen = new Set<MarkupElement>([item]);
    const pending = [...item.children].toReversed();
    for (const id of tokens(item, 'itemref'))
      for (const element of page.querySelectorAll(`[id="${id.replace(/["\\]/g, '\\$&')}"]`)) {
        pending.unshift(element);
        break;
      }
    while (pending.length > 0 && left-- > 0) {
      const element = pending.pop()!;
      if (seen.has(element)) continue;
      seen.add(element);
      const isItem = element.getAttribute('itemscope') !== null;
      if (!isItem) pending.push(...[...element.children].slice(0, left).toReversed());
      const names = tokens(element, 'itemprop');
      if (names.length === 0 || (isItem && (within.includes(element) || within.length >= DEPTH))) continue;
      const value = isItem ? thingOf(element, [...within, element]) : valueOf(element);
      for (const name of names) {
        const values = properties.get(name);
        if (values === undefined) properties.set(name, [value]);
        else values.push(value);
      }
    }
    const id = item.getAttribute('itemid');
    return {
      ...Object.fromEntries(properties),
      '@type': tokens(item, 'itemtype'),
      ...(id === null ? {} : { '@id': id }),
    };
  };
  const things: Thing[] = [];
  for (const item of page.querySelectorAll('[itemscope]:not([itemprop], evershelf-shelf *)')) {
    if (things.length === ITEMS || left <= 0) break;
    things.push(thingOf(item, [item]));
  }
  return things;
}

function valueOf(element: MarkupElement): string {
  const attribute = VALUE.get(element.localName?.toLowerCase() ?? '');
  return (
    element.getAttribute('content') ??
    (attribute === undefined ? null : element.getAttribute(attribute)) ??
    element.textContent?.slice(0, 4096) ??
    ''
  );
}

function tokens(element: MarkupElement, attribute: string): string[] {
  return element.getAttribute(attribute)?.split(/\s+/).filter(Boolean).slice(0, 16) ?? [];
}
