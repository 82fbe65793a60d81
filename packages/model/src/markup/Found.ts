import { ID_LENGTH, wantedOf } from '../checkItem.ts';
import type { AttributeValue, Item } from '../item.ts';

/** A product as a page describes it. */
export interface Found {
  /** Passes `checkItem`. */
  readonly item: Item;
  /** All ids that it goes by, at least one; the first is the item's. */
  readonly ids: readonly string[];
}

/** Most ids of a product that are kept. */
const IDS = 100;

/**
 * The product that goes by these ids, with what of its attributes an item can have; undefined where none is an id.
 *
 * @param ids the preferred one first; what is no text of 1 to `ID_LENGTH` characters is left out
 */
export function foundOf(
  ids: readonly (string | undefined)[],
  attributes: Readonly<Record<string, AttributeValue | undefined>>,
): Found | undefined {
  const usable = new Set(
    ids.filter((id): id is string => id !== undefined && id !== '' && id.length <= ID_LENGTH),
  );
  const [id] = usable;
  if (id === undefined) return undefined;
  const has = Object.entries(attributes).filter(
    ([name, value]) => value !== undefined && wantedOf(name, value) === undefined,
  );
  return { item: { id, ...Object.fromEntries(has) }, ids: [...usable].slice(0, IDS) };
}

/** True where nothing but its name identifies a product. */
export function goesByName({ id, title }: Item): boolean {
  return id === title;
}

/** The same product by the first of its ids that the shop knows; as it is where the shop knows none. */
export function knownAs({ item, ids }: Found, knows: (id: string) => boolean): Item {
  const id = ids.find(knows);
  return id === undefined ? item : { ...item, id };
}
