/**
 * Names of the parts of a card that an element of its template is: by `data-part`, `part` or `slot`, or as a `<slot>` of that name. The
 * slot of another custom element is that one's.
 */
export function partNames(element: Element): string[] {
  const named = (attribute: string): string | undefined => element.getAttribute(attribute) ?? undefined;
  const isOthers = element.parentElement?.localName.includes('-');
  const own = isOthers ? undefined : named('slot');
  const names =
    named('data-part') ?? named('part') ?? own ?? (element.localName === 'slot' ? named('name') : undefined);
  return names?.split(/\s+/).filter(Boolean) ?? [];
}
