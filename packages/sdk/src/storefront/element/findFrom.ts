/** What a selector finds: beside the element, where that is in a shadow root, or on the page; undefined where it is none. */
export function findFrom(element: Element, selector: string): Element | undefined {
  const root = element.getRootNode() as Document | ShadowRoot;
  try {
    return root.querySelector(selector) ?? document.querySelector(selector) ?? undefined;
  } catch {
    return undefined;
  }
}
