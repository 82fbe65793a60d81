import type { AttributeValue, Item } from '../item.ts';
import { shown } from '../shown.ts';
import { ArtifactError } from './ArtifactError.ts';
import { idPlaces } from './idPlaces.ts';

/** Reads one attribute of item i; undefined where the item has none. */
export type Column = (i: number) => AttributeValue | undefined;

/** The items of a shop in columns: ids, and one column for each attribute. */
export interface Catalogue {
  readonly ids: readonly string[];
  /** The place of an id among `ids`; undefined where it is not there. */
  find(id: string): number | undefined;
  readonly columns: Readonly<Record<string, Column>>;
}

/** A column as it stands in the file: plain, or as positions in a list of its distinct values (-1 where absent). */
type StoredColumn =
  | { readonly values: readonly (AttributeValue | null)[] }
  | { readonly distinct: readonly AttributeValue[]; readonly at: readonly number[] };

/** Turns items into columns; attributes stand in the order of their first appearance. */
export function toCatalogue(items: readonly Item[]): Catalogue {
  const ids = items.map((item) => item.id);
  const names = new Set<string>();
  for (const item of items)
    for (const [name, value] of Object.entries(item)) if (value !== undefined) names.add(name);
  names.delete('id');
  return {
    ids,
    find: idPlaces(ids),
    columns: Object.fromEntries(Array.from(names, (name) => [name, (i: number) => items[i]?.[name]])),
  };
}

/** Item i as an object. */
export function itemAt(catalogue: Catalogue, i: number): Item {
  const item: Record<string, AttributeValue> & { id: string } = { id: catalogue.ids[i]! };
  for (const [name, valueOf] of Object.entries(catalogue.columns)) {
    const value = valueOf(i);
    if (value !== undefined) item[name] = value;
  }
  return item;
}

/** The catalogue as the text of its file; columns with few distinct values are stored by position. */
export function writeCatalogue({ ids, columns }: Catalogue): string {
  const stored: Record<string, StoredColumn> = {};
  for (const [name, valueOf] of Object.entries(columns))
    stored[name] = storeColumn(ids.map((_, i) => valueOf(i) ?? null));
  return JSON.stringify({ ids, columns: stored });
}

function storeColumn(values: readonly (AttributeValue | null)[]): StoredColumn {
  const positions = new Map<string, number>();
  const distinct: AttributeValue[] = [];
  const at = values.map((value) => {
    if (value === null) return -1;
    const key = JSON.stringify(value);
    let position = positions.get(key);
    if (position === undefined) {
      position = distinct.length;
      positions.set(key, position);
      distinct.push(value);
    }
    return position;
  });
  return distinct.length * 2 < values.length ? { distinct, at } : { values };
}

/**
 * Reads a catalogue.
 *
 * @param count how many items the manifest promises
 * @throws {ArtifactError} where it is not that
 */
export function readCatalogue(file: string, text: string, count: number): Catalogue {
  let stored: { ids?: unknown; columns?: unknown };
  try {
    stored = JSON.parse(text) as typeof stored;
  } catch {
    throw new ArtifactError(file, `${shown(text.slice(0, 20))}...`, 'JSON');
  }
  const { columns } = stored;
  const given: unknown[] = Array.isArray(stored.ids) ? stored.ids : [];
  const ids = given.filter((id) => typeof id === 'string' && id !== '') as string[];
  if (given.length !== count || ids.length !== count)
    throw new ArtifactError(file, `${given.length} ids, ${ids.length} of them texts`, `${count}`);
  if (typeof columns !== 'object' || columns === null)
    throw new ArtifactError(file, shown(columns), 'columns');
  return {
    ids,
    find: findAmong(file, ids),
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, loadColumn(file, name, column, count)]),
    ),
  };
}

function findAmong(file: string, ids: readonly string[]): Catalogue['find'] {
  try {
    return idPlaces(ids);
  } catch (error) {
    throw new ArtifactError(file, (error as Error).message, `${ids.length} distinct ids`);
  }
}

function loadColumn(file: string, name: string, column: unknown, count: number): Column {
  const { values, distinct, at } = (column ?? {}) as { values?: unknown; distinct?: unknown; at?: unknown };
  const isIndexed = Array.isArray(distinct) && Array.isArray(at);
  const stored: readonly unknown[] = isIndexed ? distinct : Array.isArray(values) ? values : [];
  const bad = stored.findIndex((value) => !(isValue(value) || (value === null && !isIndexed)));
  if (bad >= 0)
    throw new ArtifactError(file, `${shown(stored[bad])} as value ${bad} of ${name}`, 'an attribute value');
  const given = isIndexed ? at : stored;
  if (given.length !== count) throw new ArtifactError(file, `${given.length} values of ${name}`, `${count}`);
  if (!isIndexed)
    return stored.every((value) => value === null || typeof value === 'number')
      ? numberColumn(stored)
      : (i) => (stored[i] ?? undefined) as AttributeValue | undefined;
  // 0 where an item has none.
  const known = [undefined, ...(distinct as AttributeValue[])];
  const places = new (
    known.length <= 2 ** 8 ? Uint8Array : known.length <= 2 ** 16 ? Uint16Array : Uint32Array
  )(count);
  for (let i = 0; i < count; i++) {
    const place = at[i] + 1;
    if (place !== 0 && known[place] === undefined)
      throw new ArtifactError(
        file,
        `${name} of item ${i} beyond its ${stored.length} values`,
        'a value among them',
      );
    places[i] = place;
  }
  return (i) => known[places[i]!];
}

/** Apart from the other columns, whose functions would keep `values` in memory. */
function numberColumn(values: readonly (number | null)[]): Column {
  const numbers = Float64Array.from(values, (value) => value ?? NaN);
  return (i) => (Number.isNaN(numbers[i]) ? undefined : numbers[i]);
}

function isValue(value: unknown): value is AttributeValue {
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string');
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}
