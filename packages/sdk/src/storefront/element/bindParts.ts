import { partNames } from './partNames.ts';
import { type CardContent, partValue, rawValue } from './partValues.ts';
import { pictureIn } from './pictureIn.ts';
import { safeUrl } from './safeUrl.ts';

/** Shows a card's content; undefined for none yet. */
export type Show = (content: CardContent | undefined) => void;

/** Attributes that lead somewhere. */
const URLS = new Set(['href', 'src', 'action', 'formaction']);
/** Attributes in which a template may name attributes of the item: none that is code, or style, anywhere. */
const FILLED = /^(data-|aria-)|^(title|alt|value|name|id|for|content|datetime|href|src|action|formaction)$/;
const NAMED = /\{([\w.:-]+)\}/g;

/** Holds a line open where there is no text yet. */
const BLANK = '\u00A0';

/**
 * Finds what an item fills below a node: elements by `partNames`, which are its `data-part` from then on, attributes by names in braces, such as
 * `data-sku="{id}"`. All of it is set as text, or as an address that leads to http or https: whatever an item says, it is no markup.
 */
export function bindParts(root: ParentNode): Show {
  const shows: Show[] = [];
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    const names = partNames(element);
    if (names.length > 0) element.dataset['part'] = names.join(' ');
    for (const name of names) shows.push(partOf(element, name));
    for (const { name, value } of [...element.attributes])
      if (FILLED.test(name) && value.search(NAMED) >= 0) shows.push(attributeOf(element, name, value));
  }
  return (content) => {
    for (const show of shows) show(content);
  };
}

function partOf(element: HTMLElement, name: string): Show {
  if (name === 'link') return linkOf(element);
  if (element instanceof HTMLImageElement) return imageOf(element, name);
  if (name === 'image') return imageOf(element.appendChild(new Image()), name);
  const own = element.hasChildNodes();
  const isAround = [...element.querySelectorAll('*')].some((inner) => partNames(inner).length > 0);
  return (content) => {
    const value = content === undefined ? BLANK : partValue(name, content);
    element.hidden = value === undefined || value === false;
    if (isAround) return;
    // A flag shows what the template says, or its name.
    if (typeof value === 'string') setText(element, value);
    else if (value === true && !own) setText(element, name);
  };
}

function linkOf(element: Element): Show {
  return (content) => {
    const { item, href } = content ?? {};
    const address = href === undefined || content === undefined ? item?.url : filled(href, content, true);
    setAttribute(element, 'href', address === undefined ? undefined : safeUrl(address));
  };
}

function imageOf(image: HTMLImageElement, name: string): Show {
  const hasAlt = image.hasAttribute('alt');
  const box = image.parentElement;
  const picture = pictureIn(image);
  return (content) => {
    const value = content?.item[name];
    const address = typeof value === 'string' ? safeUrl(value) : undefined;
    image.hidden = content !== undefined && address === undefined;
    picture(address);
    const title = content?.item.title ?? '';
    if (!hasAlt) setAttribute(image, 'alt', title);
    // Stands in where there is no picture.
    if (box?.classList.contains('evershelf-picture')) box.dataset['initial'] = [...title.trim()][0] ?? '';
  };
}

function attributeOf(element: Element, attribute: string, pattern: string): Show {
  const isUrl = URLS.has(attribute);
  element.removeAttribute(attribute);
  const set =
    attribute === 'src' && element instanceof HTMLImageElement
      ? pictureIn(element)
      : (value: string | undefined) => setAttribute(element, attribute, value);
  return (content) => {
    const value = content === undefined ? undefined : filled(pattern, content, isUrl);
    set(isUrl && value !== undefined ? safeUrl(value) : value);
  };
}

/** A pattern with an item's attributes; undefined where the item lacks one. */
function filled(pattern: string, content: CardContent, isUrl: boolean): string | undefined {
  let lacks = false;
  const text = pattern.replaceAll(NAMED, (all, name: string) => {
    const value = rawValue(name, content);
    lacks ||= value === undefined;
    // An address on its own is one; in another one it is a part.
    return isUrl && pattern !== all ? encodeURIComponent(value ?? '') : (value ?? '');
  });
  return lacks ? undefined : text;
}

/** Without what turns around the text behind it, on this card or beside it. */
function setText(element: Element, said: string): void {
  const text = said.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
  if (element.textContent !== text) element.textContent = text;
}

function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
