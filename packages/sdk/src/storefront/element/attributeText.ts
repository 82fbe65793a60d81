import { findFrom } from './findFrom.ts';

/** What an attribute says; its `rules` may stand in an element of their own, which it names: `#rules`. Undefined where there is none. */
export function attributeText(element: Element, attribute: string): string | undefined {
  const value = element.getAttribute(attribute) ?? undefined;
  if (attribute !== 'rules' || !value?.startsWith('#')) return value;
  return findFrom(element, value)?.textContent ?? value;
}
