/**
 * Puts elements into a list, in their order. One that keeps its place is not touched; all others are taken out before they are put
 * in again: to the browser they are new then, and nothing that was on the page has moved (layout shift).
 */
export function placeCards(list: Element, wanted: readonly Element[]): void {
  const before = [...list.children];
  before.forEach((element, place) => {
    if (wanted[place] !== element) element.remove();
  });
  wanted.forEach((element, place) => {
    if (before[place] !== element) list.insertBefore(element, list.children[place] ?? null);
  });
}
