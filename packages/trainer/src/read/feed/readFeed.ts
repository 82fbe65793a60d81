import { basename } from 'node:path';
import type { Item } from '@evershelf/model';
import { InputError } from '../InputError.ts';
import type { Problem } from '../Problems.ts';
import { decoded } from './decoded.ts';
import { feedBytes, feedName, firstBytes, isAddress, type ReadBytes } from './feedBytes.ts';
import { feedItem, type Refused, RowError } from './feedItem.ts';
import { attributeName, type FeedRow } from './FeedRow.ts';
import { textRows } from './textRows.ts';
import { withHead } from './withHead.ts';
import { xmlRows } from './xmlRows.ts';

/** A row of a feed that gave an item. */
export interface ReadItem {
  readonly line: number;
  readonly item: Item;
  /** Attributes that cannot be read, and that the item is without. */
  readonly refused: readonly Refused[];
}

/** A row of a feed that gave none. */
export interface RefusedRow {
  readonly line: number;
  /** Of the item, where it can be read. */
  readonly id: string | undefined;
  /** What is wrong, the same for all rows that have it, then with what was found and wanted. */
  readonly what: string;
  readonly message: string;
  /** True where the item's time is over, so that it is as if it were not in the feed. */
  readonly isExpired: boolean;
}

/** What Merchant Center wants of every product: a table with all of these is a feed. */
const WANTED = ['id', 'title', 'link', 'image_link', 'price', 'availability'];
const HEAD = 65_536;

const XML = /\.(xml|rss|atom)(\.gz)?$/i;
const TABLE = /\.(tsv|txt|csv)(\.gz)?$/i;

/** True for the name of a file that is a feed, or a table that may be one. */
export function mayBeFeed(file: string): boolean {
  return XML.test(file) || TABLE.test(file);
}

/** True for files that are feeds: those of XML by their name, tables by their attributes; and for addresses. */
export async function isFeed(source: string): Promise<boolean> {
  if (isAddress(source) || XML.test(source)) return true;
  if (!TABLE.test(source)) return false;
  const head = await firstBytes(source, HEAD).catch(() => undefined);
  if (head === undefined) return false;
  let text = '';
  for await (const chunk of decoded([head], source)) text += chunk;
  const names = new Set(
    text
      .split(/[\n\r]/, 1)[0]!
      .split(/[\t,;|]/)
      .map((name) => attributeName(name.replaceAll('"', ''))),
  );
  return WANTED.every((name) => names.has(name));
}

/**
 * Reads a Merchant Center feed row by row, however long it is: RSS 2.0, Atom, or a table with tabs or commas; plain or gzip. What
 * cannot be read as an item is told as such, in its place.
 *
 * @param source a file or an address
 * @param now Unix milliseconds, at which sales are on and items expired
 * @throws {InputError} where the feed as a whole cannot be read
 */
export async function* readFeed(
  source: string,
  now: number,
  progress?: ReadBytes,
): AsyncGenerator<ReadItem | RefusedRow> {
  yield* feedEntries(feedBytes(source, progress), feedName(source), now);
}

/**
 * The same of a feed's bytes, unpacked.
 *
 * @param name of the feed, for messages
 */
export async function* feedEntries(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
  now: number,
): AsyncGenerator<ReadItem | RefusedRow> {
  for await (const row of await rowsOf(decoded(bytes, name), name)) yield entryOf(row, now);
}

/** A feed in XML begins with `<`; a table does not. */
async function rowsOf(text: AsyncGenerator<string>, name: string): Promise<AsyncIterable<FeedRow>> {
  let head = '';
  while (head.trim() === '') {
    if (head.length > HEAD)
      throw new InputError(`${name}: found ${head.length} characters of white space, wanted items`);
    const { value, done } = await text.next();
    if (done === true) throw new InputError(`${name}: found an empty feed, wanted items`);
    head += value;
  }
  const all = withHead(head, text);
  return head.trimStart().startsWith('<') ? xmlRows(all, name) : textRows(all, name);
}

function entryOf(row: FeedRow, now: number): ReadItem | RefusedRow {
  const { line } = row;
  try {
    return { line, ...feedItem(row, now) };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    const { what, message, isExpired } = error;
    return { line, id: row.fields.get('id')?.[0], what, message, isExpired };
  }
}

/** What is left out of a row: the row, or attributes of its item. */
export function problemsOf(file: string, entry: ReadItem | RefusedRow): Problem[] {
  const id = 'item' in entry ? entry.item.id : entry.id;
  return ('item' in entry ? entry.refused : [entry]).map(({ what, message }) => ({
    file,
    what: `${what}, left out`,
    count: 1,
    line: entry.line,
    example: id === undefined ? message : `item ${id}, ${message}`,
  }));
}

/** The problem that an item with the id of an earlier one is. */
export function repeated(file: string, { line, item }: Pick<ReadItem, 'line' | 'item'>): Problem {
  return { file, what: 'items with the id of an earlier one, left out', count: 1, line, example: item.id };
}

/** What a feed is called among the problems: its file without the folder. */
export function fileOf(source: string): string {
  return isAddress(source) ? feedName(source) : basename(source);
}
