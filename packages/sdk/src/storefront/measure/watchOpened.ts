/** Controls that do something else than to open the product, where a card has a link for that. */
const CONTROLS = 'button, input, select, textarea, label, summary, [role="button"]';
const LINKS = 'a[href], area[href]';

/**
 * Tells of the cards of a shelf which one was used, and whether it was opened: by a click, by the middle button, by the keyboard, with
 * any modifier key, also where the page handles the click itself. In a card with links that is a click on one of them; in a card
 * without, one anywhere in it but on a control.
 *
 * @param cardOf the card that an element is, undefined where it is none
 * @returns ends it
 */
export function watchOpened<Card>(
  shelf: Element,
  cardOf: (element: Element) => Card | undefined,
  used: (card: Card, isOpened: boolean) => void,
): () => void {
  const clicked = (event: Event): void => {
    // The other one is the context menu.
    if (event.type === 'auxclick' && (event as MouseEvent).button !== 1) return;
    const path = event.composedPath().filter((each) => each instanceof Element);
    const at = path.findIndex((element) => cardOf(element) !== undefined);
    if (at < 0) return;
    const inside = path.slice(0, at + 1);
    const element = path[at]!;
    const isOpened =
      element.matches(LINKS) || element.querySelector(LINKS) !== null
        ? inside.some((each) => each.matches(LINKS))
        : !inside.slice(0, -1).some((each) => each.matches(CONTROLS));
    used(cardOf(element)!, isOpened);
  };
  // Before the page's own handlers, which may take the card away.
  const options = { capture: true, passive: true };
  shelf.addEventListener('click', clicked, options);
  shelf.addEventListener('auxclick', clicked, options);
  return () => {
    shelf.removeEventListener('click', clicked, options);
    shelf.removeEventListener('auxclick', clicked, options);
  };
}
