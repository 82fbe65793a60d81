import { type CsvError, parse } from 'csv-parse';
import { InputError } from '../InputError.ts';
import { attributeName, type FeedRow, VALUE_LENGTH } from './FeedRow.ts';

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
export async function* textRows(chunks: AsyncIterable<string>, name: string): AsyncGenerator<FeedRow> {
  const [header, all] = await headerOf(chunks, name);
  const skipped: FeedRow[] = [];
  let endless: number | undefined;
  const parser = parse({
    delimiter: delimiterOf(header),
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: ROW_LENGTH,
    on_skip(error) {
      if (error === undefined) return;
      if (ENDLESS.has(error.code)) endless = lineOf(error);
      else skipped.push(brokenBy(error));
    },
  });
  void feed(all, parser);
  let names: string[] | undefined;
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (endless !== undefined) break;
      yield* skipped.splice(0);
      if (names === undefined) names = record.map(attributeName);
      else yield rowOf(names, record, line);
      line = info.lines + 1;
    }
  } catch (error) {
    if (!ENDLESS.has((error as CsvError).code)) throw error;
    endless = lineOf(error as CsvError);
  }
  if (endless !== undefined)
    throw new InputError(
      `${name}: found a quote that is still open in line ${endless.toLocaleString('en')}, wanted it closed, or doubled ("") where it is meant; nothing was taken`,
    );
  yield* skipped.splice(0);
}

/** The line in which an error was noticed. */
function lineOf(error: CsvError): number {
  return Number(/at line (\d+)/.exec(error.message)?.[1] ?? error['lines'] ?? 1);
}

/** The first line, and all of the text with it. */
async function headerOf(
  chunks: AsyncIterable<string>,
  name: string,
): Promise<[string, AsyncIterable<string>]> {
  const source = chunks[Symbol.asyncIterator]();
  let head = '';
  while (!/[^\s\uFEFF][^\n\r]*[\n\r]/.test(head) && head.length < ROW_LENGTH) {
    const { value, done } = await source.next();
    if (done === true) break;
    head += value;
  }
  const header = head.replace(/^[\s\uFEFF]+/, '').split(/[\n\r]/, 1)[0]!;
  if (header === '') throw new InputError(`${name}: found an empty feed, wanted items`);
  const all = async function* (): AsyncGenerator<string> {
    yield head;
    for (;;) {
      const { value, done } = await source.next();
      if (done === true) return;
      yield value;
    }
  };
  return [header, all()];
}

function delimiterOf(header: string): string {
  const count = (each: string): number => header.split(each).length;
  return (
    DELIMITERS.find((each) => each === '\t' && count(each) > 1) ??
    DELIMITERS.toSorted((a, b) => count(b) - count(a))[0]!
  );
}

/** Writes the text to the parser as fast as it is read, and what goes wrong on the way as well. */
async function feed(chunks: AsyncIterable<string>, parser: ReturnType<typeof parse>): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (!parser.write(chunk))
        await new Promise((resolve) => parser.once('drain', resolve).once('close', resolve));
      if (parser.destroyed) return;
    }
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  }
}

function rowOf(names: readonly string[], record: readonly string[], line: number): FeedRow {
  const fields = new Map<string, string[]>();
  record.forEach((text, k) => {
    const value = text.trim().slice(0, VALUE_LENGTH);
    const attribute = names[k];
    if (value === '' || attribute === undefined || attribute === '') return;
    fields.set(attribute, [...(fields.get(attribute) ?? []), value]);
  });
  const extra = record.slice(names.length).some((text) => text.trim() !== '');
  if (!extra) return { line, fields };
  return { line, fields, broken: `found ${record.length} values, wanted at most ${names.length}` };
}

function brokenBy(error: CsvError): FeedRow {
  return {
    line: lineOf(error),
    fields: new Map(),
    broken: `found ${error.message}, wanted values behind tabs`,
  };
}
