import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance, LIST, VARCHAR, listValue, type DuckDBConnection } from '@duckdb/node-api';
import { itemIcon } from './icons.ts';
import { readableItem } from './readable.ts';

const usage =
  'Usage: tsx demo/data/build.ts --source DIR  (DIR holds interactions.parquet and items.parquet)';
const minimumSessions = 10;
const target = dirname(fileURLToPath(import.meta.url));

/** Writes events.parquet and items.parquet from the files in `source`, and says what they hold. */
async function build(source: string): Promise<void> {
  const interactions = await readable(join(source, 'interactions.parquet'));
  const catalogue = await readable(join(source, 'items.parquet'));
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  const partial = join(target, '.partial');
  try {
    await load(connection, interactions, catalogue);
    await nameItems(connection);
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    await write(connection, join(partial, 'events.parquet'), 'FROM events');
    await write(connection, join(partial, 'items.parquet'), 'FROM items ORDER BY category, title, item_id');
    for (const file of ['events.parquet', 'items.parquet'])
      await rename(join(partial, file), join(target, file));
    console.log(`${await count(connection, 'events')} events, ${await count(connection, 'items')} items`);
  } finally {
    await rm(partial, { recursive: true, force: true });
    connection.closeSync();
    instance.closeSync();
  }
}

/** Keeps the items bought in enough sessions, and their events in the source's order. */
async function load(connection: DuckDBConnection, interactions: string, catalogue: string): Promise<void> {
  await connection.run(`
    CREATE TABLE kept AS
      SELECT * FROM read_parquet(${literal(catalogue)})
      WHERE item_id IN (
        SELECT item_id FROM read_parquet(${literal(interactions)}) GROUP BY item_id
        HAVING count(DISTINCT session_id) >= ${minimumSessions}
      )`);
  await connection.run(`
    CREATE TABLE events AS
      SELECT timestamp::INTEGER AS timestamp, user_id, session_id, item_id,
        quantity::SMALLINT AS quantity, price
      FROM (SELECT * FROM read_parquet(${literal(interactions)}, file_row_number = true))
      WHERE item_id IN (SELECT item_id FROM kept)
      ORDER BY file_row_number`);
}

async function nameItems(connection: DuckDBConnection): Promise<void> {
  await connection.run(`
    CREATE TABLE items (
      item_id VARCHAR, title VARCHAR, category VARCHAR[], brand VARCHAR, size VARCHAR, price DOUBLE, image VARCHAR
    )`);
  const reader = await connection.runAndReadAll(`
    SELECT item_id, department, category, product_type, brand, manufacturer_id, package_size,
      round(median_price::DOUBLE, 2) AS price
    FROM kept ORDER BY item_id`);
  const appender = await connection.createAppender('items');
  for (const row of reader.getRowObjectsJS()) {
    const item = readableItem({
      department: String(row.department),
      category: textOrNull(row.category),
      productType: textOrNull(row.product_type),
      brand: String(row.brand),
      manufacturerId: String(row.manufacturer_id),
      packageSize: textOrNull(row.package_size),
    });
    appender.appendVarchar(String(row.item_id));
    appender.appendVarchar(item.title);
    appender.appendList(listValue(item.path), LIST(VARCHAR));
    appender.appendVarchar(item.brand);
    if (item.size === null) appender.appendNull();
    else appender.appendVarchar(item.size);
    appender.appendDouble(Number(row.price));
    appender.appendVarchar(`/products/${itemIcon(item.path)}.svg`);
    appender.endRow();
  }
  appender.closeSync();
}

async function write(connection: DuckDBConnection, path: string, query: string): Promise<void> {
  await connection.run(`
    COPY (${query}) TO ${literal(path)}
    (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19, ROW_GROUP_SIZE 2000000)`);
}

async function count(connection: DuckDBConnection, table: string): Promise<number> {
  const reader = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM ${table}`);
  return Number(reader.getRows()[0]?.[0]);
}

async function readable(path: string): Promise<string> {
  await access(path).catch(() => {
    throw new Error(`Cannot read ${path}`);
  });
  return path;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

try {
  const { source } = parseArgs({ options: { source: { type: 'string' } } }).values;
  if (source === undefined) throw new Error(usage);
  await build(source);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
