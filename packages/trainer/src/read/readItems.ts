import { basename } from 'node:path';
import type { AttributeValue, Item } from '@evershelf/model';
import { priceOf } from '@evershelf/model/markup';
import { checkedItem } from './checkedItem.ts';
import { levelsOf } from './levelsOf.ts';
import { type ColumnMap, type ItemColumns, itemColumns } from './columns.ts';
import { type Database, isReadable, loadTable, matching, quoted, ROW, textOf } from './Database.ts';
import { filesOf } from './filesOf.ts';
import { isAddress } from './feed/feedBytes.ts';
import { fileOf, isFeed, mayBeFeed, problemsOf, readFeed, repeated } from './feed/readFeed.ts';
import { InputError } from './InputError.ts';
import { type Problem, problemsByKind } from './Problems.ts';

/** Separator of a list inside one text. */
const LIST = '|';
/** Attributes that name something by a number. */
const IDENTIFIER = /(?:^|[_\s-])(?:id|code|no|number)$|Id$/;
/** From this share of the values on, a column of texts counts as numbers or lists. */
const MOSTLY = 0.8;
const OFTEN = 0.2;

/**
 * The feeds that names stand for: addresses, files, and what folders and patterns hold.
 *
 * @returns undefined where none is a Merchant Center feed
 * @throws {InputError} where only some are, or there is none
 */
async function feedsOf(db: Database, names: readonly string[]): Promise<string[] | undefined> {
  const sources: string[] = [];
  for (const name of names)
    sources.push(
      ...(isAddress(name)
        ? [name]
        : await filesOf(
            [name],
            (file) => isReadable(file) || mayBeFeed(file),
            (pattern) => matching(db, pattern),
            'CSV, Parquet, JSON lines or Merchant Center feeds',
          )),
    );
  const feeds = await Promise.all(sources.map(isFeed));
  if (!feeds.includes(true)) return undefined;
  const other = feeds.indexOf(false);
  if (other < 0) return sources;
  throw new InputError(
    `${sources[other]}: found no Merchant Center feed beside ${sources[feeds.indexOf(true)]}, wanted all items as feeds, or none`,
  );
}

/** The items of feeds; of those with one id the first. What gives no item is among the problems. */
async function readFeedItems(feeds: readonly string[]): Promise<{ items: Item[]; problems: Problem[] }> {
  const items = new Map<string, Item>();
  const problems = problemsByKind();
  const now = Date.now();
  for (const source of feeds) {
    const file = fileOf(source);
    for await (const entry of readFeed(source, now)) {
      if ('item' in entry && items.has(entry.item.id)) problems.add(repeated(file, entry));
      else for (const problem of problemsOf(file, entry)) problems.add(problem);
      if ('item' in entry && !items.has(entry.item.id)) items.set(entry.item.id, entry.item);
    }
  }
  if (items.size === 0) problems.add({ file: feeds.map(fileOf).join(', '), what: 'no item in it', count: 1 });
  return { items: [...items.values()], problems: problems.all() };
}

/**
 * Reads items: Merchant Center feeds as `readFeed` does, of other files named columns by their role, every other column as an
 * attribute of the type that its values have (number, list of strings, text). A file without an item gives none, and says so among the problems.
 *
 * @throws {InputError} where a file cannot be read, or no column can be the id
 */
export async function readItems(
  db: Database,
  files: readonly string[],
  map: ColumnMap,
): Promise<{ items: Item[]; problems: Problem[] }> {
  const feeds = await feedsOf(db, files);
  if (feeds !== undefined) return readFeedItems(feeds);
  const file = files.map((each) => basename(each)).join(', ');
  const { columns: types, problems, place } = await loadTable(db, 'raw_items', files);
  const found = [...types.keys()];
  if (found.length === 0)
    return { items: [], problems: [...problems, { file, what: 'no item in it', count: 1 }] };
  const columns = itemColumns(found, map, file);
  const id = textOf(columns.id!, types.get(columns.id!)!);
  const others = found.filter((name) => name !== columns.id);
  const result = await db.runAndReadAll(
    `SELECT ${[`${ROW}::DOUBLE`, id, ...others.map(quoted)].join(', ')} FROM raw_items ORDER BY ${ROW}`,
  );
  const table = result.getRowsJS() as [number, string | null, ...unknown[]][];
  await db.run('DROP TABLE raw_items');

  const seen = new Set<string>();
  const kept: Row[] = [];
  const left = leftOut(place, problems);
  for (const [row, key, ...values] of table) {
    if (key === null) left('items without an id, left out', row, '(no id)');
    else if (seen.has(key)) left('items with the id of an earlier one, left out', row, key);
    else {
      seen.add(key);
      kept.push({
        row,
        id: key,
        values: new Map(others.map((name, k) => [name, plain(values[k], types.get(name)!)])),
      });
    }
  }
  const items = toItems(kept, columns, others).flatMap((item, k) => {
    const { row } = kept[k]!;
    const checked = checkedItem(item, (message) =>
      left('values that an item cannot have, left out', row, `item ${item.id}, ${message}`),
    );
    return checked ?? [];
  });
  if (items.length === 0) problems.push({ file, what: 'no item in it', count: 1 });
  return { items, problems };
}

/** Notes what is left out: each kind once, with its first row and the number of them. */
function leftOut(
  place: (row: number) => { file: string; row: number },
  problems: Problem[],
): (what: string, row: number, example: string) => void {
  const at = new Map<string, number>();
  return (what, row, example) => {
    const known = at.get(what);
    if (known !== undefined) problems[known] = { ...problems[known]!, count: problems[known]!.count + 1 };
    else at.set(what, problems.push({ ...place(row), what, count: 1, example }) - 1);
  };
}

interface Row {
  readonly row: number;
  readonly id: string;
  readonly values: ReadonlyMap<string, AttributeValue | undefined>;
}

function toItems(table: readonly Row[], columns: ItemColumns, others: readonly string[]): Item[] {
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
        table.map(({ values }) => values.get(name)),
      ),
    }));
  return table.map(({ id, values }) => {
    const item: Record<string, AttributeValue> & { id: string } = { id };
    const put = (name: string, value: AttributeValue | undefined): void => {
      if (value !== undefined) item[name] = value;
    };
    const text = (column: string | undefined): string | undefined => {
      const value = column === undefined ? undefined : values.get(column);
      return value === undefined ? undefined : Array.isArray(value) ? value.join(', ') : String(value);
    };
    put('title', text(columns.title));
    put('url', text(columns.url));
    put('image', text(columns.image));
    const path = columns.category.flatMap((column) => categoryIn(values.get(column)));
    if (path.length > 0) put('category', path);
    if (columns.price !== undefined) put('price', priceOf(values.get(columns.price)));
    if (columns.inStock !== undefined) put('inStock', toStock(values.get(columns.inStock)));
    for (const { name, convert } of attributes) put(name, convert(values.get(name)));
    return item;
  });
}

/** A database value as an attribute value; undefined for nothing. */
function plain(value: unknown, type?: string): AttributeValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (type === 'JSON') return plain(JSON.parse(value as string));
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? rounded(value) : undefined;
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return texts(value);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  const text = (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim();
  return text === '' ? undefined : (listIn(text) ?? text);
}

/** To four decimals, which undoes what single precision added; large numbers stay as they are. */
function rounded(value: number): number {
  return Math.abs(value) < 1e9 ? Math.round(value * 1e4) / 1e4 : value;
}

function texts(list: readonly unknown[]): string[] {
  return list
    .filter((each) => each !== null && each !== undefined)
    .map((each) => (typeof each === 'object' ? JSON.stringify(each) : String(each)).trim())
    .filter((each) => each !== '');
}

/** The list that a text holds as JSON, as lists stand in CSV; undefined where it holds none. */
function listIn(text: string): string[] | undefined {
  if (!text.startsWith('[') || !text.endsWith(']')) return undefined;
  try {
    return texts(JSON.parse(text) as unknown[]);
  } catch {
    return undefined;
  }
}

function categoryIn(value: AttributeValue | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === 'object'
    ? value.map((level) => level.trim()).filter((level) => level !== '')
    : levelsOf(String(value));
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
  if (share((value) => typeof value === 'string' && value.includes(LIST)) >= OFTEN) {
    return (value) => (typeof value === 'string' ? texts(value.split(LIST)) : value);
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
