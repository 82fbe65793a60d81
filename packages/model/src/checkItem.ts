import type { AttributeValue, Item } from './item.ts';
import { shown } from './shown.ts';

/** Longest id, in UTF-16 code units. */
export const ID_LENGTH = 256;
/** Longest text of any other attribute, and of an entry of a list. */
const TEXT_LENGTH = 4096;
/** Most levels of a category path, entries of a list, and attributes of an item. */
const LEVELS = 16;
const ENTRIES = 256;
const ATTRIBUTES = 64;

/** Thrown where something that should be an item is not one. */
export class ItemError extends Error {
  override readonly name = 'ItemError';
  /** The id of the item, where it has one that can be read. */
  declare readonly id: string | undefined;
  /** The attribute that is wrong; `item` where it is no one attribute. */
  declare readonly attribute: string;

  constructor(id: string | undefined, attribute: string, found: unknown, wanted: string) {
    super(`${attribute}: found ${shown(found)}, wanted ${wanted}`);
    this.id = id;
    this.attribute = attribute;
  }
}

/**
 * Checks an item that came from outside: a page, a request, a file. An attribute that is null counts as absent.
 *
 * @returns a fresh object that holds nothing but checked attributes, in the order given
 * @throws {ItemError} naming the attribute, what was found and what was wanted
 */
export function checkItem(value: unknown): Item {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ItemError(undefined, 'item', value, 'an object with an id');
  const { id } = value as Record<string, unknown>;
  if (typeof id !== 'string' || id === '' || id.length > ID_LENGTH)
    throw new ItemError(undefined, 'id', id, `a text of 1 to ${ID_LENGTH} characters`);
  const entries = Object.entries(value);
  if (entries.length > ATTRIBUTES)
    throw new ItemError(id, entries.at(-1)![0], `attribute ${entries.length}`, `at most ${ATTRIBUTES}`);
  const item: Record<string, AttributeValue> & { id: string } = { id };
  for (const [attribute, found] of entries) {
    if (attribute === 'id' || found === null || found === undefined) continue;
    const wanted = wantedOf(attribute, found);
    if (wanted !== undefined) throw new ItemError(id, attribute, found, wanted);
    item[attribute] = Array.isArray(found) ? [...(found as string[])] : (found as AttributeValue);
  }
  return item;
}

/** What an attribute other than the id should have been; undefined where it is that. */
export function wantedOf(attribute: string, found: unknown): string | undefined {
  const unless = (holds: boolean, wanted: string): string | undefined => (holds ? undefined : wanted);
  // Names that any object, or function, answers to; an id is none of an item's other attributes.
  if (attribute in { id: 0, prototype: 0 }) return 'another name';
  switch (attribute) {
    case 'category':
      return unless(
        isTexts(found, LEVELS) && found.length > 0 && found.every((level) => level.trim() !== ''),
        `a path of 1 to ${LEVELS} names, root first`,
      );
    case 'title':
    case 'url':
    case 'image':
      return unless(isText(found), `a text of at most ${TEXT_LENGTH} characters`);
    case 'price':
      return unless(isNumber(found) && found >= 0, 'a number >= 0');
    case 'inStock':
      return unless(typeof found === 'boolean', 'true or false');
    default:
      return unless(
        isText(found) || isNumber(found) || typeof found === 'boolean' || isTexts(found, ENTRIES),
        `a text, number, true, false or list of at most ${ENTRIES} texts`,
      );
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= TEXT_LENGTH;
}

function isTexts(value: unknown, most: number): value is string[] {
  return Array.isArray(value) && value.length <= most && value.every(isText);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
