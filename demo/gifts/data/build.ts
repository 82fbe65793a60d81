import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance, LIST, VARCHAR, listValue } from '@duckdb/node-api';
import { rangeOf } from './ranges.ts';
import { readableTitle } from './readableTitle.ts';
import { giftShelves } from './shelves.ts';

const USAGE =
  'Usage: tsx demo/gifts/data/build.ts --source DIR  (DIR holds interactions.csv.gz and items.csv.gz)';
/** The first day that is kept, Unix seconds: the latest half year is enough for a demo, and is learnt in seconds. */
const SINCE = Date.UTC(2011, 5, 1) / 1000;
/** Baskets that a product must be in. */
const MINIMUM_BASKETS = 10;
/** What is no product, but a service or a file. */
const NO_PRODUCT = 'carriage|charge|high resolution|voucher|filler pad';
const target = dirname(fileURLToPath(import.meta.url));

/** Writes events.parquet and items.parquet from the files in `source`, and says what they hold. */
async function build(source: string): Promise<void> {
  const [interactions, catalogue] = ['interactions.csv.gz', 'items.csv.gz'].map((name) => join(source, name));
  await Promise.all([access(interactions!), access(catalogue!)]);
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  const partial = join(target, '.partial');
  try {
    await connection.run(`
      CREATE TABLE log AS SELECT * FROM read_csv(${literal(interactions!)}, all_varchar = true)
        WHERE timestamp::INTEGER >= ${SINCE};
      CREATE TABLE kept AS SELECT * FROM read_csv(${literal(catalogue!)}, all_varchar = true)
        WHERE NOT regexp_matches(lower(title), '${NO_PRODUCT}') AND item_id IN (
          SELECT item_id FROM log GROUP BY item_id HAVING count(DISTINCT session_id) >= ${MINIMUM_BASKETS});
      CREATE TABLE events AS
        SELECT timestamp::INTEGER AS timestamp, session_id, item_id, min(row) AS row
        FROM (SELECT *, row_number() OVER () AS row FROM log) WHERE item_id IN (SELECT item_id FROM kept)
        GROUP BY ALL ORDER BY row;
      CREATE TABLE items (
        item_id VARCHAR, title VARCHAR, category VARCHAR[], range VARCHAR, price DOUBLE, image VARCHAR)`);
    const reader = await connection.runAndReadAll('SELECT item_id, title, median_price FROM kept');
    const appender = await connection.createAppender('items');
    for (const row of reader.getRowObjectsJS()) {
      const title = String(row.title).toUpperCase();
      const { path, icon } = giftShelves.find(({ words }) => words.test(title))!;
      const range = rangeOf(title);
      appender.appendVarchar(String(row.item_id));
      appender.appendVarchar(readableTitle(title));
      appender.appendList(listValue(path), LIST(VARCHAR));
      if (range === undefined) appender.appendNull();
      else appender.appendVarchar(range);
      appender.appendDouble(Number(row.median_price));
      appender.appendVarchar(`/products/${icon}.svg`);
      appender.endRow();
    }
    appender.closeSync();
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    const files = {
      'events.parquet': 'SELECT timestamp, session_id, item_id FROM events ORDER BY row',
      'items.parquet': 'FROM items ORDER BY category, title, item_id',
    };
    for (const [name, query] of Object.entries(files)) {
      await connection.run(`
        COPY (${query}) TO ${literal(join(partial, name))}
        (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19, ROW_GROUP_SIZE 2000000)`);
      await rename(join(partial, name), join(target, name));
    }
    for (const table of ['events', 'items']) {
      const count = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM ${table}`);
      console.log(`${String(count.getRows()[0]?.[0])} ${table}`);
    }
  } finally {
    await rm(partial, { recursive: true, force: true });
    connection.closeSync();
    instance.closeSync();
  }
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

try {
  const { source } = parseArgs({ options: { source: { type: 'string' } } }).values;
  if (source === undefined) throw new Error(USAGE);
  await build(source);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
