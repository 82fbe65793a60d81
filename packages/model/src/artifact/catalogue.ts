import type { AttributeValue, Item } from '../item.ts';
import { shown } from '../shown.ts';
import { ArtifactError } from './ArtifactError.ts';

/** Values of one attribute for all items; null where an item has none. */
export type Column = readonly (AttributeValue | null)[];

/** The items of a shop in columns: ids, and one column for each attribute. */
export interface Catalogue {
  readonly ids: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

/** A column as it stands in the file: plain, or as positions in a list of its distinct values (-1 where absent). */
type StoredColumn =
  | { readonly values: Column }
  | { readonly distinct: readonly AttributeValue[]; readonly at: readonly number[] };

/** Turns items into columns; attributes stand in the order of their first appearance. */
export function toCatalogue(items: readonly Item[]): Catalogue {
  const columns: Record<string, (AttributeValue | null)[]> = {};
  items.forEach((item, i) => {
    for (const [name, value] of Object.entries(item)) {
      if (name === 'id' || value === undefined) continue;
      const column = (columns[name] ??= Array.from<AttributeValue | null>({ length: items.length }).fill(
        null,
      ));
      column[i] = value;
    }
  });
  return { ids: items.map((item) => item.id), columns };
}

/** Item i as an object. */
export function itemAt(catalogue: Catalogue, i: number): Item {
  const item: Record<string, AttributeValue> & { id: string } = { id: catalogue.ids[i]! };
  for (const [name, column] of Object.entries(catalogue.columns)) {
    const value = column[i];
    if (value !== null && value !== undefined) item[name] = value;
  }
  return item;
}

/** The catalogue as the text of its file; columns with few distinct values are stored by position. */
export function writeCatalogue(catalogue: Catalogue): string {
  const columns: Record<string, StoredColumn> = {};
  for (const [name, values] of Object.entries(catalogue.columns)) columns[name] = storeColumn(values);
  return JSON.stringify({ ids: catalogue.ids, columns });
}

function storeColumn(values: Column): StoredColumn {
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
  const ids: unknown[] = Array.isArray(stored.ids) ? stored.ids : [];
  const distinct = new Set(ids.filter((id) => typeof id === 'string' && id !== '')).size;
  if (ids.length !== count || distinct !== count)
    throw new ArtifactError(file, `${ids.length} ids, ${distinct} of them distinct texts`, `${count}`);
  if (typeof columns !== 'object' || columns === null)
    throw new ArtifactError(file, shown(columns), 'columns');
  return {
    ids: ids as string[],
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, loadColumn(file, name, column, count)]),
    ),
  };
}

function loadColumn(file: string, name: string, column: unknown, count: number): Column {
  const { values, distinct, at } = (column ?? {}) as { values?: unknown; distinct?: unknown; at?: unknown };
  const isIndexed = Array.isArray(distinct) && Array.isArray(at);
  const stored: readonly unknown[] = isIndexed ? distinct : Array.isArray(values) ? values : [];
  const bad = stored.findIndex((value) => !(isValue(value) || (value === null && !isIndexed)));
  if (bad >= 0)
    throw new ArtifactError(file, `${shown(stored[bad])} as value ${bad} of ${name}`, 'an attribute value');
  const loaded = isIndexed ? at.map((k: number) => (k === -1 ? null : distinct[k])) : stored;
  if (loaded.length !== count)
    throw new ArtifactError(file, `${loaded.length} values of ${name}`, `${count}`);
  const outside = loaded.indexOf(undefined);
  if (outside >= 0)
    throw new ArtifactError(
      file,
      `${name} of item ${outside} beyond its ${stored.length} values`,
      'a value among them',
    );
  return loaded as Column;
}

function isValue(value: unknown): value is AttributeValue {
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string');
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  );
}
