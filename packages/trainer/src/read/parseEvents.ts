import { basename } from 'node:path';
import { ID_LENGTH, type Item, type PLACED } from '@evershelf/model';
import { type ColumnMap, eventColumns } from './columns.ts';
import { type Database, type LoadedTable, loadTable, ROW, rows, textOf } from './Database.ts';
import { ga4Columns, ga4Events, isGa4Export } from './ga4Export.ts';
import { InputError } from './InputError.ts';
import { nothingLeft, type Problem } from './Problems.ts';

/** The events of files as a table `parsed_events`, one row each: what is no event is left out. */
export interface ParsedEvents extends Pick<LoadedTable, 'place'> {
  /** The files, by name. */
  readonly file: string;
  readonly problems: Problem[];
  /** The items that the events tell of, where they do. */
  readonly items: Item[];
  /** Leaves rows out by a condition in SQL, and says what they were; `example` is SQL too. */
  leaveOut(where: string, what: string, example: string): Promise<void>;
}

/** Unix seconds to either side of 1970 that a date can be. */
const MOST_TIME = 8.64e12;

/** SQL for when something was, as a message says it. */
export const AT_TIME = `', time ' || coalesce(time_text, '(none)')`;

/**
 * Parses an event log, also GA4's BigQuery export: columns recognised or mapped, rows without item or time left out and counted. The table has `ROW`, `item`,
 * `time` (Unix seconds), `shopper`, `session`, `kind`, `quantity`, and what is asked of where the item stood, as texts.
 *
 * @param asked which of it, and whether the event is `over` what one may count
 * @throws {InputError} where there is no row, or no column for the item or the time
 */
export async function parseEvents(
  db: Database,
  files: readonly string[],
  map: ColumnMap,
  asked: readonly ((typeof PLACED)[number] | 'over')[],
): Promise<ParsedEvents> {
  const file = files.map((each) => basename(each)).join(', ');
  const loaded = await loadTable(db, 'raw_events', files, ga4Columns);
  const { problems } = loaded;
  if (loaded.columns.size === 0)
    throw new InputError(nothingLeft(`${file}: found no rows, wanted events`, problems));
  const exported = isGa4Export(loaded.columns) ? await ga4Events(db, loaded) : undefined;
  const { columns: types, place } = exported ?? loaded;
  const columns = eventColumns([...types.keys()], map, file);
  const text = (name: string | undefined): string =>
    name === undefined ? 'NULL::VARCHAR' : textOf(name, types.get(name)!);
  const kind = columns.kind === undefined ? `''` : `coalesce(${text(columns.kind)}, '')`;
  const quantity =
    columns.quantity === undefined ? '1' : `coalesce(try_cast(${text(columns.quantity)} AS DOUBLE), 1)`;
  await db.run(`
    CREATE TABLE parsed_events AS
    SELECT ${ROW}, item, ${timeOf('time_text')} AS time, time_text, shopper, session, kind,
           if(isfinite(quantity), quantity, 1) AS quantity, ${asked.join(', ')}
    FROM (SELECT ${ROW}, ${text(columns.item)} AS item, ${text(columns.time)} AS time_text, ${text(columns.shopper)} AS shopper,
                 ${text(columns.session)} AS session, ${kind} AS kind, ${quantity} AS quantity,
                 ${asked.map((name) => `${text(columns[name])} AS ${name}`).join(', ')} FROM raw_events);
    DROP TABLE raw_events`);
  const leaveOut: ParsedEvents['leaveOut'] = async (where, what, example) => {
    const [found] = await rows(
      db,
      `SELECT count(*)::DOUBLE AS n, min(${ROW})::DOUBLE AS row, arg_min(${example}, ${ROW}) AS example FROM parsed_events WHERE ${where}`,
    );
    const count = Number(found!['n']);
    if (count === 0) return;
    problems.push({ ...place(Number(found!['row'])), what, count, example: String(found!['example']) });
    await db.run(`DELETE FROM parsed_events WHERE ${where}`);
  };
  await leaveOut('item IS NULL', 'events without an item, left out', `'(no item)' || ${AT_TIME}`);
  await leaveOut(
    `length(item) > ${ID_LENGTH}`,
    `events whose item id is longer than ${ID_LENGTH} characters, left out`,
    `'item ' || item`,
  );
  await leaveOut(
    `time IS NULL OR abs(time) > ${MOST_TIME}`,
    'events whose time cannot be read (wanted Unix time or ISO 8601), left out',
    `'item ' || item || ${AT_TIME}`,
  );
  return { file, problems, place, leaveOut, items: exported?.items ?? [] };
}

/**
 * SQL for Unix seconds from a text: numbers by magnitude (s, ms, us, ns), dates and times in ISO 8601, without a zone in
 * UTC. What names no instant is null.
 */
function timeOf(text: string): string {
  const number = `try_cast(${text} AS DOUBLE)`;
  // To the spelling that DuckDB reads: zones stand close to the time, and the time has seconds.
  const closer = `regexp_replace(regexp_replace(${text}, ' ?(UTC|GMT)$', 'Z'), ' +([+-]\\d\\d:?\\d\\d)$', '\\1')`;
  const whole = `regexp_replace(${closer}, '([T ]\\d\\d:\\d\\d)(Z|[+-]\\d\\d(?::?\\d\\d)?)?$', '\\1:00\\2')`;
  return `CASE WHEN NOT isfinite(${number}) THEN NULL
    WHEN ${number} > 1e17 THEN ${number} / 1e9 WHEN ${number} > 1e14 THEN ${number} / 1e6
    WHEN ${number} > 1e11 THEN ${number} / 1e3 WHEN ${number} IS NOT NULL THEN ${number}
    ELSE epoch(try_cast(${whole} AS TIMESTAMPTZ)) END`;
}
