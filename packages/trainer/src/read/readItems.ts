import { basename } from 'node:path';
import type { AttributeValue, Item } from '@evershelf/model';
import { type ColumnMap, type ItemColumns, itemColumns } from './columns.ts';
import { type Database, loadTable, quoted, rows, textOf } from './Database.ts';
import { InputError } from './InputError.ts';
import type { Problem } from './Problems.ts';

/** Separators of a category path and of a list inside one text. */
const PATH = /\s*(?:>|›|»)\s*/u;
const LIST = /\s*\|\s*/u;
/** Attributes that name something by a number. */
const IDENTIFIER = /(?:^|[_\s-])(?:id|code|no|number)$|Id$/;
/** From this share of the values on, a column of texts counts as numbers or lists. */
const MOSTLY = 0.8;
const OFTEN = 0.2;

/**
 * Reads an items file into items: named columns by their role, every other column as an attribute of the type that its
 * values have (number, list of strings, text).
 *
 * @throws {InputError} where nothing is left
 */
export async function readItems(
  db: Database,
  files: readonly string[],
  map: ColumnMap,
): Promise<{ items: Item[]; problems: Problem[] }> {
  const file = files.map((each) => basename(each)).join(', ');
  const { columns: found, problems } = await loadTable(db, 'raw_items', files);
  const columns = itemColumns(found, map, file);
  const id = textOf(columns.id!);
  const others = found.filter((name) => name !== columns.id);
  const select = [`${id} AS id_`, ...others.map(quoted)].join(', ');
  const table = await rows(db, `SELECT row_::INTEGER AS row_, ${select} FROM raw_items ORDER BY row_`);
  await db.run('DROP TABLE raw_items');

  const seen = new Set<string>();
  const kept: Record<string, unknown>[] = [];
  const nameless: number[] = [];
  const twice: [number, string][] = [];
  for (const row of table) {
    const key = row['id_'] as string | null;
    if (key === null) nameless.push(row['row_'] as number);
    else if (seen.has(key)) twice.push([row['row_'] as number, key]);
    else {
      seen.add(key);
      kept.push(row);
    }
  }
  if (nameless.length > 0) {
    problems.push({
      file,
      what: 'items without an id, left out',
      count: nameless.length,
      row: nameless[0]!,
      example: '(no id)',
    });
  }
  if (twice.length > 0) {
    const [row, example] = twice[0]!;
    problems.push({
      file,
      what: 'items with the id of an earlier one, left out',
      count: twice.length,
      row,
      example,
    });
  }
  if (kept.length === 0) throw new InputError(`${file}: found no row with an id, wanted items`);
  return { items: toItems(kept, columns, others), problems };
}

function toItems(
  table: readonly Record<string, unknown>[],
  columns: ItemColumns,
  others: readonly string[],
): Item[] {
  const named = new Set([
    columns.title,
    columns.url,
    columns.image,
    columns.price,
    columns.inStock,
    ...columns.category,
  ]);
  const attributes = others
    .filter((name) => !named.has(name))
    .map((name) => ({
      name,
      convert: converter(
        name,
        table.map((row) => plain(row[name])),
      ),
    }));
  return table.map((row) => {
    const item: Record<string, AttributeValue> & { id: string } = { id: row['id_'] as string };
    const put = (name: string, value: AttributeValue | undefined): void => {
      if (value !== undefined) item[name] = value;
    };
    const text = (column: string | undefined): string | undefined => {
      const value = column === undefined ? undefined : plain(row[column]);
      return value === undefined ? undefined : Array.isArray(value) ? value.join(', ') : String(value);
    };
    put('title', text(columns.title));
    put('url', text(columns.url));
    put('image', text(columns.image));
    const path = columns.category.flatMap((column) => levelsOf(plain(row[column])));
    if (path.length > 0) put('category', path);
    const price = columns.price === undefined ? undefined : toNumber(plain(row[columns.price]));
    if (price !== undefined && price >= 0) put('price', price);
    if (columns.inStock !== undefined) put('inStock', toStock(plain(row[columns.inStock])));
    for (const { name, convert } of attributes) put(name, convert(plain(row[name])));
    return item;
  });
}

/** A database value as an attribute value; undefined for nothing. */
function plain(value: unknown): AttributeValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? Math.round(value * 1e4) / 1e4 : undefined;
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((each) => String(each).trim()).filter((each) => each !== '');
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  const text = (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim();
  return text === '' ? undefined : text;
}

function levelsOf(value: AttributeValue | undefined): string[] {
  if (value === undefined) return [];
  const levels = typeof value === 'object' ? [...value] : String(value).split(PATH);
  return levels.map((level) => level.trim()).filter((level) => level !== '');
}

/** How the values of an attribute are read: as numbers, lists or text, by what nearly all of them are. */
function converter(
  name: string,
  values: readonly (AttributeValue | undefined)[],
): (value: AttributeValue | undefined) => AttributeValue | undefined {
  const given = values.filter((value) => value !== undefined);
  const share = (holds: (value: AttributeValue) => boolean): number =>
    given.filter(holds).length / Math.max(1, given.length);
  if (IDENTIFIER.test(name)) return (value) => (typeof value === 'number' ? String(value) : value);
  if (share((value) => typeof value === 'number' || isNumeral(value)) >= MOSTLY) return toNumber;
  if (share((value) => typeof value === 'string' && LIST.test(value)) >= OFTEN) {
    return (value) => (typeof value === 'string' ? value.split(LIST).filter((each) => each !== '') : value);
  }
  return (value) => value;
}

function isNumeral(value: AttributeValue): boolean {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
}

/** A number, also where a currency stands before or behind it. */
function toNumber(value: AttributeValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const found = typeof value === 'string' ? /^\D{0,4}?(-?\d[\d,]*(?:\.\d+)?)\D{0,4}$/u.exec(value) : null;
  const number = found === null ? NaN : Number(found[1]!.replaceAll(',', ''));
  return Number.isFinite(number) ? number : undefined;
}

function toStock(value: AttributeValue | undefined): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  return !/^(0|false|no|n|out.?of.?stock|sold.?out|unavailable)$/i.test(String(value));
}
