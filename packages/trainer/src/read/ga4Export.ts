import type { Item } from '@evershelf/model';
import { eventKind, ga4Item } from '@evershelf/model/markup';
import { chunks, type Database, type LoadedTable, ROW, rows, textOf } from './Database.ts';

/** The columns by which the BigQuery export of Google Analytics 4 is known (https://support.google.com/analytics/answer/7029846). */
const KNOWN_BY = ['event_name', 'event_timestamp', 'event_params', 'items'] as const;

/** What is read of an entry of `items`, all as texts. */
const OF_ITEM = [
  'item_id',
  'item_name',
  'item_brand',
  'item_variant',
  'item_category',
  'item_category2',
  'item_category3',
  'item_category4',
  'item_category5',
  'price',
  'quantity',
] as const;
const LISTED = OF_ITEM.filter((name) => name !== 'item_id' && name !== 'quantity');

/** An event has 200 items at most; the rows of an event's lines are numbered within this. */
const LINES = 256;

/** The columns that are read of such a table, which has many more; all of another one. */
export function ga4Columns(found: readonly string[]): readonly string[] {
  const names = new Set(found);
  if (!KNOWN_BY.every((name) => names.has(name))) return found;
  return [...KNOWN_BY, 'user_pseudo_id'].filter((name) => names.has(name));
}

/** True for a table of events with their items in them. */
export function isGa4Export(columns: LoadedTable['columns']): boolean {
  return KNOWN_BY.every((name) => columns.has(name)) && /(\[\]|JSON)$/.test(columns.get('items')!);
}

/** Events of an export, a row for each item of one. */
export interface Ga4Events extends Pick<LoadedTable, 'columns' | 'place'> {
  /** The items that all events tell of, those of lists as well, each as it was told last. */
  readonly items: Item[];
}

/**
 * Makes the loaded table `raw_events` of an export one of plain events: `item_id`, `event_timestamp`, `user_pseudo_id`, `session_id` (of
 * the device and `ga_session_id`), `event_name` as `eventKind` says it, and `quantity`. Events that are no interest of a shopper,
 * such as lists that were shown, are none.
 */
export async function ga4Events(db: Database, { columns, place }: LoadedTable): Promise<Ga4Events> {
  const text = (name: string): string => (columns.has(name) ? textOf(name, columns.get(name)!) : 'NULL');
  const json = (name: string): string => (columns.get(name) === 'JSON' ? name : `to_json(${name})`);
  const said = (value: string): string => `nullif(nullif(trim(${value}), ''), '(not set)')`;
  const entry = JSON.stringify([Object.fromEntries(OF_ITEM.map((name) => [name, 'VARCHAR']))]);
  const parameter = JSON.stringify([
    { key: 'VARCHAR', value: { int_value: 'VARCHAR', string_value: 'VARCHAR' } },
  ]);
  await db.run(`
    CREATE TABLE ga4_lines AS
    SELECT ${ROW} * ${LINES} + position - 1 AS ${ROW}, name, time, device, device || '.' || session AS session,
           coalesce(${said('line.item_id')}, ${said('line.item_name')}) AS item,
           ${OF_ITEM.map((column) => `${said(`line.${column}`)} AS ${column}`).join(', ')}
    FROM (
      SELECT *, unnest(lines) AS line, generate_subscripts(lines, 1) AS position FROM (
        SELECT ${ROW}, ${text('event_name')} AS name, ${text('event_timestamp')} AS time, ${text('user_pseudo_id')} AS device,
               json_transform(${json('items')}, '${entry}') AS lines,
               [coalesce(p.value.int_value, p.value.string_value)
                FOR p IN json_transform(${json('event_params')}, '${parameter}') IF p.key = 'ga_session_id'][1] AS session
        FROM raw_events));
    DROP TABLE raw_events`);
  const names = await rows(db, 'SELECT DISTINCT name FROM ga4_lines WHERE name IS NOT NULL ORDER BY name');
  const kinds = names.flatMap(({ name }) => {
    const kind = eventKind(String(name));
    return kind === undefined ? [] : [`('${name}', '${kind}')`];
  });
  const items = await listed(db);
  await db.run(`
    CREATE TABLE raw_events AS
    SELECT ${ROW}, item AS item_id, time AS event_timestamp, device AS user_pseudo_id, session AS session_id, kind AS event_name, quantity
    FROM ga4_lines JOIN (VALUES ${[...kinds, `('', '')`].join(', ')}) kinds(name, kind) USING (name);
    DROP TABLE ga4_lines`);
  const plain = ['item_id', 'event_timestamp', 'user_pseudo_id', 'session_id', 'event_name', 'quantity'];
  return {
    columns: new Map(plain.map((name) => [name, 'VARCHAR'])),
    place: (row) => place(Math.floor(row / LINES)),
    items,
  };
}

/** Every item by its id, with the latest of what was said of it. */
async function listed(db: Database): Promise<Item[]> {
  const latest = LISTED.map((name) => `arg_max(${name}, (try_cast(time AS BIGINT), ${ROW}))`);
  const items: Item[] = [];
  const query = `SELECT item, ${latest.join(', ')} FROM ga4_lines WHERE item IS NOT NULL GROUP BY item ORDER BY min(${ROW})`;
  for await (const [ids, ...columns] of chunks(db, query)) {
    ids!.forEach((id, at) => {
      const entry = Object.fromEntries(LISTED.map((name, k) => [name, columns[k]![at] ?? undefined]));
      const found = ga4Item({ ...entry, item_id: id });
      if (found !== undefined) items.push(found.item);
    });
  }
  return items;
}
