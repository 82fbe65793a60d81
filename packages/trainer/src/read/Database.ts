import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { filesOf } from './filesOf.ts';
import { InputError } from './InputError.ts';
import type { Problem } from './Problems.ts';

/** A DuckDB connection; DuckDB reads every format and does the joins. */
export type Database = DuckDBConnection;

/** DuckDB can do with this, if it must. */
const LEAST_MEMORY = 128 * 2 ** 20;

/**
 * Does something with a database in memory, and closes it.
 *
 * @param memory bytes that it may take, at least 128 MB; what is more goes to files meanwhile. Default is most of the machine's
 */
export async function withDatabase<T>(
  memory: number | undefined,
  use: (db: Database) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-'));
  const db = await (
    await DuckDBInstance.create(':memory:', {
      temp_directory: folder,
      ...(memory !== undefined && {
        memory_limit: `${Math.ceil(Math.max(memory, LEAST_MEMORY) / 2 ** 20)}MiB`,
      }),
    })
  ).connect();
  try {
    // Times without a zone are UTC, on every machine.
    await db.run(`SET TimeZone = 'UTC'`);
    return await use(db);
  } finally {
    db.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The column that numbers the rows of a loaded table: in their order, and apart from every name that a shop uses. */
export const ROW = 'evershelf_row';

/** Rows that a file may have; the number of the file is counted in these. */
const FILE_ROWS = 2 ** 40;

type Format = 'csv' | 'parquet' | 'json';

const FORMATS: readonly [RegExp, Format][] = [
  [/\.(csv|tsv|txt)(\.gz|\.zst)?$/i, 'csv'],
  [/\.(parquet|pq)$/i, 'parquet'],
  [/\.(jsonl|ndjson|json)(\.gz|\.zst)?$/i, 'json'],
];

/** Chooses columns of a table by their names. */
type Choose = (found: readonly string[]) => readonly string[];

/** A table that was loaded from files. */
export interface LoadedTable {
  /** Columns by name, with their type in SQL. */
  readonly columns: ReadonlyMap<string, string>;
  /** What the reader had to leave out. */
  readonly problems: Problem[];
  /** Where a row stood, by its number in `ROW`: the file, and the row counted from 1 without the header. */
  place(row: number): { file: string; row: number };
}

/**
 * Loads files of one format, named as `filesOf` reads names, into a table, rows in their order, numbered in the column `ROW`. Every value of a CSV file is
 * text; JSON lines keep theirs as JSON. Where the files hold no columns there is no table.
 *
 * @param choose the columns of Parquet and JSON lines that are loaded; default all
 * @throws {InputError} where a file is missing, of no known format or unreadable
 */
export async function loadTable(
  db: Database,
  table: string,
  names: readonly string[],
  choose: Choose = (found) => found,
): Promise<LoadedTable> {
  const files = await filesOf(
    names,
    isReadable,
    (pattern) => matching(db, pattern),
    'CSV, Parquet or JSON lines',
  );
  const format = formatOf(names, files);
  const filled = files.filter((file) => statSync(file).size > 0);
  const problems: Problem[] = files
    .filter((file) => !filled.includes(file))
    .map((file) => ({ file: basename(file), what: 'an empty file, nothing read', count: 1 }));
  const rejected = new Map<string, readonly number[]>();
  try {
    const parts: string[] = [];
    for (const [k, file] of filled.entries()) {
      const part = `${table}_${k}`;
      problems.push(
        ...(format === 'json'
          ? await loadJson(db, part, file, choose)
          : await loadRows(db, part, file, format, rejected, choose)),
      );
      parts.push(`SELECT * REPLACE (${ROW} + ${k * FILE_ROWS} AS ${ROW}) FROM ${part}`);
    }
    if (parts.length > 0) await db.run(`CREATE TABLE ${table} AS ${parts.join(' UNION ALL BY NAME ')}`);
    for (const k of filled.keys()) await db.run(`DROP TABLE ${table}_${k}`);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
    throw new InputError(`${names.join(', ')}: could not be read: ${reason}`);
  }
  const described = filled.length === 0 ? [] : await rows(db, `DESCRIBE ${table}`);
  return {
    columns: new Map(
      described
        .map((row) => [String(row['column_name']), String(row['column_type'])] as const)
        .filter(([name]) => name !== ROW),
    ),
    problems,
    place(number) {
      const file = filled[Math.floor(number / FILE_ROWS)]!;
      let row = number % FILE_ROWS;
      for (const line of rejected.get(file) ?? []) if (line <= row) row++;
      return { file: basename(file), row };
    },
  };
}

/** The files that a pattern matches, by name. */
export async function matching(db: Database, pattern: string): Promise<string[]> {
  const found = await rows(db, `SELECT file FROM glob(${literal(pattern)}) ORDER BY file`);
  return found.map((row) => String(row['file']));
}

/** True for the name of a file that `loadTable` reads. */
export function isReadable(name: string): boolean {
  return FORMATS.some(([pattern]) => pattern.test(name));
}

function formatOf(names: readonly string[], files: readonly string[]): Format {
  const format = FORMATS.find(([pattern]) => files.every((file) => pattern.test(file)))?.[1];
  if (format !== undefined) return format;
  throw new InputError(
    `${names.join(', ')}: found no known format, wanted all .csv(.gz), all .parquet or all .jsonl(.gz)`,
  );
}

/** @param rejected takes the rows of CSV that could not be read, in rising order */
async function loadRows(
  db: Database,
  table: string,
  file: string,
  format: 'csv' | 'parquet',
  rejected: Map<string, readonly number[]>,
  choose: Choose,
): Promise<Problem[]> {
  const reader =
    format === 'csv'
      ? `read_csv(${literal(file)}, all_varchar = true, header = true, store_rejects = true)`
      : `read_parquet(${literal(file)})`;
  const found = format === 'csv' ? [] : await rows(db, `DESCRIBE SELECT * FROM ${reader}`);
  const columns = choose(found.map((row) => String(row['column_name'])))
    .map(quoted)
    .join(', ');
  await db.run(
    `CREATE TABLE ${table} AS SELECT row_number() OVER () AS ${ROW}, ${columns || '*'} FROM ${reader}`,
  );
  if (format === 'parquet') return [];
  const bad = await rows(
    db,
    'SELECT line::DOUBLE AS line, first(csv_line) AS text FROM reject_errors GROUP BY line ORDER BY line',
  );
  await db.run('DROP TABLE reject_errors; DROP TABLE reject_scans');
  if (bad.length === 0) return [];
  const lines = bad.map((each) => Math.max(1, Number(each['line']) - 1));
  rejected.set(file, lines);
  return [
    {
      file: basename(file),
      what: 'lines that are no valid CSV, left out',
      count: lines.length,
      row: lines[0]!,
      example: String(bad[0]!['text']),
    },
  ];
}

/** One column of JSON for each key of the objects, in the order of their appearance; other lines are left out. */
async function loadJson(db: Database, table: string, file: string, choose: Choose): Promise<Problem[]> {
  const lines = /\.json(\.gz|\.zst)?$/i.test(file) ? 'auto' : 'newline_delimited';
  await db.run(`
    CREATE TABLE ${table}_json AS SELECT row_number() OVER () AS ${ROW}, json
    FROM read_json_objects(${literal(file)}, format = '${lines}', ignore_errors = true, maximum_object_size = 16777216)`);
  const isObject = `coalesce(json_type(json), '') = 'OBJECT'`;
  const [bad] = await rows(
    db,
    `SELECT count(*)::DOUBLE AS n, min(${ROW})::DOUBLE AS row, arg_min(coalesce(CAST(json AS VARCHAR), ''), ${ROW}) AS text
     FROM ${table}_json WHERE NOT ${isObject}`,
  );
  const keys = await rows(
    db,
    `SELECT list(DISTINCT key) AS spellings FROM (
       SELECT ${ROW}, unnest(json_keys(json)) AS key, generate_subscripts(json_keys(json), 1) AS position
       FROM ${table}_json WHERE ${isObject})
     WHERE key <> '' GROUP BY lower(key) ORDER BY min(${ROW}), arg_min(position, ${ROW})`,
  );
  const spelled = keys.map((row) => (row['spellings'] as string[]).toSorted());
  const chosen = new Set(choose(spelled.map(([name]) => name!)));
  const columns = spelled
    .filter(([name]) => chosen.has(name!))
    .map((spellings) => {
      const values = spellings.map(
        (key) => `json_extract(json, ${literal(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)})`,
      );
      return `, coalesce(${values.join(', ')}) AS ${quoted(spellings[0]!)}`;
    });
  await db.run(
    `CREATE TABLE ${table} AS SELECT ${ROW}${columns.join('')} FROM ${table}_json WHERE ${isObject}; DROP TABLE ${table}_json`,
  );
  const count = Number(bad!['n']);
  if (count === 0) return [];
  const row = Number(bad!['row']);
  return [
    {
      file: basename(file),
      what: 'lines that are no JSON object, left out',
      count,
      row,
      example: String(bad!['text']) || (await lineOf(db, file, row)),
    },
  ];
}

/** A line of a text file, blank ones not counted. */
async function lineOf(db: Database, file: string, row: number): Promise<string> {
  const [found] = await rows(
    db,
    `SELECT line FROM (
       SELECT row_number() OVER () AS number, line
       FROM read_csv(${literal(file)}, columns = {'line': 'VARCHAR'}, delim = chr(1), quote = '', escape = '',
                     header = false, auto_detect = false, ignore_errors = true, max_line_size = 16777216)
       WHERE line IS NOT NULL)
     WHERE number = ${row}`,
  );
  return String(found?.['line'] ?? '');
}

/** A text as SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** All rows of a query as objects. */
export async function rows(db: Database, sql: string): Promise<Record<string, unknown>[]> {
  return (await db.runAndReadAll(sql)).getRowObjectsJS() as Record<string, unknown>[];
}

/** The columns of a query, chunk by chunk; integers and doubles come as numbers, texts as strings. */
export async function* chunks(db: Database, sql: string): AsyncGenerator<unknown[][]> {
  const result = await db.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk.getColumns();
  }
}

/** A column name as SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** SQL that gives a column as trimmed text, null where empty; whole numbers stored with a fraction lose their `.0`. */
export function textOf(name: string, type: string): string {
  const column = quoted(name);
  const text = `nullif(trim(${type === 'JSON' ? `json_extract_string(${column}, '$')` : `CAST(${column} AS VARCHAR)`}), '')`;
  const whole = `regexp_replace(${text}, '\\.0+$', '')`;
  if (/^(DOUBLE|FLOAT|DECIMAL)/.test(type)) return whole;
  return type === 'JSON' ? `CASE json_type(${column}) WHEN 'DOUBLE' THEN ${whole} ELSE ${text} END` : text;
}
