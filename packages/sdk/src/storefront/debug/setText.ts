/** Sets a text where it differs, so that nothing is drawn and nothing selected is lost where it does not. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
