import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { InputError } from './InputError.ts';
import type { Problem } from './Problems.ts';

/** A DuckDB connection in memory; DuckDB reads every format and does the joins. */
export type Database = DuckDBConnection;

export async function openDatabase(): Promise<Database> {
  const instance = await DuckDBInstance.create(':memory:');
  return instance.connect();
}

const READERS: readonly [RegExp, (files: string) => string][] = [
  [
    /\.(csv|tsv|txt)(\.gz|\.zst)?$/i,
    (files) => `read_csv(${files}, all_varchar = true, header = true, store_rejects = true)`,
  ],
  [/\.(parquet|pq)$/i, (files) => `read_parquet(${files}, union_by_name = true)`],
  [
    /\.(jsonl|ndjson|json)(\.gz|\.zst)?$/i,
    (files) =>
      `read_json_auto(${files}, union_by_name = true, ignore_errors = true, maximum_object_size = 16777216)`,
  ],
];

/**
 * Loads files of one format into a table, rows in their order, with a column `row_` that counts them from 1.
 *
 * @returns the columns found, and the rows that the reader had to reject
 * @throws {InputError} where a file is missing, empty, of no known format or unreadable
 */
export async function loadTable(
  db: Database,
  table: string,
  files: readonly string[],
): Promise<{ columns: string[]; problems: Problem[] }> {
  for (const file of files) {
    if (!existsSync(file))
      throw new InputError(`${file}: found no such file, wanted CSV, Parquet or JSON lines`);
    if (statSync(file).size === 0) throw new InputError(`${file}: found an empty file, wanted rows`);
  }
  const reader = READERS.find(([pattern]) => files.every((file) => pattern.test(file)))?.[1];
  if (reader === undefined) {
    throw new InputError(
      `${files.join(', ')}: found no known format, wanted all .csv(.gz), all .parquet or all .jsonl(.gz)`,
    );
  }
  const list = `[${files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ')}]`;
  try {
    await db.run(`CREATE TABLE ${table} AS SELECT row_number() OVER () AS row_, * FROM ${reader(list)}`);
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
    throw new InputError(`${files.join(', ')}: could not be read: ${reason}`);
  }
  const columns = (await rows(db, `DESCRIBE ${table}`))
    .map((row) => String(row['column_name']))
    .filter((name) => name !== 'row_');
  return { columns, problems: await rejects(db, files) };
}

async function rejects(db: Database, files: readonly string[]): Promise<Problem[]> {
  const tables = await rows(db, `SELECT 1 FROM duckdb_tables() WHERE table_name = 'reject_errors'`);
  if (tables.length === 0) return [];
  const found = await rows(
    db,
    `SELECT file_path, count(DISTINCT line)::INTEGER AS n, min(line)::INTEGER AS line, arg_min(csv_line, line) AS example
     FROM reject_errors JOIN reject_scans USING (scan_id, file_id) GROUP BY 1`,
  );
  await db.run('DROP TABLE reject_errors; DROP TABLE reject_scans');
  return found
    .filter((row) => files.includes(String(row['file_path'])))
    .map((row) => ({
      file: basename(String(row['file_path'])),
      what: 'lines that are no valid CSV, left out',
      count: Number(row['n']),
      row: Math.max(1, Number(row['line']) - 1),
      example: String(row['example']),
    }));
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

/** SQL that gives a column as trimmed text, null where empty; whole numbers stored as floats lose their `.0`. */
export function textOf(name: string): string {
  const text = `nullif(trim(CAST(${quoted(name)} AS VARCHAR)), '')`;
  return `CASE WHEN typeof(${quoted(name)}) IN ('DOUBLE', 'FLOAT') THEN regexp_replace(${text}, '\\.0$', '') ELSE ${text} END`;
}
