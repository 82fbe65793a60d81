/** The language that the markup gives an element: `lang` of the nearest ancestor, beyond shadow roots too; undefined where none has it. */
export function languageOf(element: Element): string | undefined {
  for (
    let at: Node | null = element;
    at !== null;
    at = at.parentNode ?? (at as Partial<ShadowRoot>).host ?? null
  ) {
    const language = (at as Partial<Element>).getAttribute?.('lang');
    if (language) return language;
  }
  return undefined;
}
