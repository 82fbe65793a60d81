import { findFrom } from './findFrom.ts';

/** What a shop puts into a shelf, or has it use: its cards' template, its heading, what stands there while there is no shelf. */
const HEADINGS = 'h1, h2, h3, h4, h5, h6, [slot=heading]';
const UNSEEN = 'template, script, style, link, noscript';

export function templateOf(element: Element): HTMLTemplateElement | undefined {
  const selector = element.getAttribute('template');
  const found = selector === null ? element.querySelector(':scope > template') : findFrom(element, selector);
  return found?.localName === 'template' ? (found as HTMLTemplateElement) : undefined;
}

export function headingOf(element: Element): Element | undefined {
  return [...element.children].find((child) => child.matches(HEADINGS));
}

/** True where something of the shop's stands there while there is no shelf. @param section the shelf's own part */
export function hasFallback(element: Element, section: Element | undefined): boolean {
  return [...element.children].some((child) => child !== section && !child.matches(`${UNSEEN}, ${HEADINGS}`));
}
