import { pipeline } from 'node:stream/promises';
import { type CsvError, parse } from 'csv-parse';
import { InputError } from '../InputError.ts';
import { attributeName, type FeedRow, MOST_VALUES, VALUE_LENGTH } from './FeedRow.ts';
import { withHead } from './withHead.ts';

/** Longest row, in UTF-16 code units: beyond, a quote was not closed. */
const ROW_LENGTH = 1024 * 1024;
const DELIMITERS = ['\t', ',', ';', '|'] as const;

/** What the parser says where a row goes on for ever. */
const ENDLESS = new Set<string>(['CSV_MAX_RECORD_SIZE', 'CSV_QUOTE_NOT_CLOSED']);

/** A record as the parser tells of it. */
interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * The items of a feed that is a table: attributes in the first line, values behind tabs (or commas, semicolons, bars), in quotes
 * where they hold one. A row with more values than there are attributes is broken.
 *
 * @param name of the feed, for messages
 * @throws {InputError} where there is no line with attributes, or a quote is never closed
 */
export async function* textRows(chunks: AsyncGenerator<string>, name: string): AsyncGenerator<FeedRow> {
  const head = await headOf(chunks);
  const header = begun(head).split(/[\n\r]/, 1)[0]!;
  if (header === '') throw new InputError(`${name}: found an empty feed, wanted items`);
  const parser = parse({
    delimiter: delimiterOf(header),
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: ROW_LENGTH,
  });
  // What goes wrong on the way destroys the parser, and is thrown where its rows are read.
  pipeline(withHead(head, chunks), parser).catch(() => {});
  let names: string[] | undefined;
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (names === undefined) names = record.map(attributeName);
      else yield rowOf(names, record, line);
      line = info.lines + 1;
    }
  } catch (error) {
    if (!ENDLESS.has((error as CsvError).code)) throw error;
    throw new InputError(
      `${name}: found a quote that is still open in line ${lineOf(error as CsvError).toLocaleString('en')}, wanted it closed, or doubled ("") where it is meant; nothing was taken`,
    );
  }
}

/** The line in which an error was noticed. */
function lineOf(error: CsvError): number {
  return Number(/at line (\d+)/.exec(error.message)?.[1] ?? error['lines'] ?? 1);
}

/** What a text begins with: its first line that is not blank, at least. */
async function headOf(chunks: AsyncGenerator<string>): Promise<string> {
  let head = '';
  while (!/[\n\r]/.test(begun(head)) && head.length < ROW_LENGTH) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    head += value;
  }
  return head;
}

/** A text from its first line on that is not blank. */
function begun(text: string): string {
  return text.replace(/^[\s\uFEFF]+/, '');
}

function delimiterOf(header: string): string {
  const count = (each: string): number => header.split(each).length;
  return (
    DELIMITERS.find((each) => each === '\t' && count(each) > 1) ??
    DELIMITERS.toSorted((a, b) => count(b) - count(a))[0]!
  );
}

function rowOf(names: readonly string[], record: readonly string[], line: number): FeedRow {
  const fields = new Map<string, string[]>();
  record.forEach((text, k) => {
    const value = text.trim().slice(0, VALUE_LENGTH);
    const attribute = names[k];
    if (value === '' || attribute === undefined || attribute === '') return;
    const values = fields.get(attribute) ?? [];
    if (values.length >= MOST_VALUES || (values.length === 0 && fields.size >= MOST_VALUES)) return;
    values.push(value);
    fields.set(attribute, values);
  });
  const extra = record.slice(names.length).some((text) => text.trim() !== '');
  if (!extra) return { line, fields };
  return { line, fields, broken: `found ${record.length} values, wanted at most ${names.length}` };
}
