import { basename } from 'node:path';
import { type ColumnMap, eventColumns } from './columns.ts';
import { chunks, type Database, loadTable, quoted, rows, textOf } from './Database.ts';
import type { EventLog } from './EventLog.ts';
import { InputError } from './InputError.ts';
import type { Problem } from './Problems.ts';

/** A silence of this many seconds ends a session where the log does not name sessions. */
const SESSION_GAP = 1800;

/** From this share of events with a shopper on, histories are the shopper's. */
const MOSTLY = 0.9;

export interface ReadEventsOptions {
  readonly files: readonly string[];
  readonly map: ColumnMap;
  /** What a history is; default the shopper where nearly every event has one, else the session. */
  readonly sequence?: 'session' | 'shopper' | undefined;
}

/**
 * Reads an event log: columns recognised or mapped, rows without item or time left out and counted, ordered by time, a
 * second line of the same item in the same session dropped.
 *
 * @throws {InputError} where nothing is left
 */
export async function readEvents(
  db: Database,
  options: ReadEventsOptions,
): Promise<{ log: EventLog; problems: Problem[] }> {
  const file = options.files.map((each) => basename(each)).join(', ');
  const { columns: found, problems } = await loadTable(db, 'raw_events', options.files);
  const columns = eventColumns(found, options.map, file);
  const optional = (name: string | undefined): string => (name === undefined ? 'NULL' : textOf(name));
  await db.run(`
    CREATE TABLE parsed_events AS
    SELECT row_, ${textOf(columns.item!)} AS item, ${timeOf(columns.time!)} AS time, ${textOf(columns.time!)} AS time_text,
           ${optional(columns.shopper)} AS shopper, ${optional(columns.session)} AS session,
           ${columns.quantity === undefined ? '1' : `coalesce(try_cast(${quoted(columns.quantity)} AS DOUBLE), 1)`} AS quantity
    FROM raw_events`);
  await db.run('DROP TABLE raw_events');
  problems.push(
    ...(await problemsWhere(
      db,
      file,
      'item IS NULL',
      'events without an item, left out',
      "'time ' || time_text",
    )),
    ...(await problemsWhere(
      db,
      file,
      'item IS NOT NULL AND time IS NULL',
      'events whose time cannot be read, left out',
      "'item ' || item || ', time ' || coalesce(time_text, '(none)')",
    )),
  );
  const [total] = await rows(
    db,
    `SELECT count(*)::INTEGER AS n, count(shopper)::INTEGER AS shoppers, count(session)::INTEGER AS sessions
     FROM parsed_events WHERE item IS NOT NULL AND time IS NOT NULL`,
  );
  const usable = Number(total!['n']);
  if (usable === 0) throw new InputError(`${file}: found no row with an item and a time, wanted events`);
  const sequenceKind =
    options.sequence ?? (Number(total!['shoppers']) >= MOSTLY * usable ? 'shopper' : 'session');
  if (Number(total!['shoppers']) + Number(total!['sessions']) === 0) {
    throw new InputError(
      `${file}: found no shopper and no session, wanted a column for either (--map session=COLUMN)`,
    );
  }
  const key = sequenceKind === 'shopper' ? ['shopper', 'session'] : ['session', 'shopper'];
  problems.push(
    ...(await problemsWhere(
      db,
      file,
      `item IS NOT NULL AND time IS NOT NULL AND ${key[0]} IS NULL AND ${key[1]} IS NULL`,
      'events without shopper and session, left out',
      "'item ' || item",
    )),
  );
  return { log: await packLog(db, key, sequenceKind), problems };
}

async function problemsWhere(
  db: Database,
  file: string,
  where: string,
  what: string,
  example: string,
): Promise<Problem[]> {
  const [found] = await rows(
    db,
    `SELECT count(*)::INTEGER AS n, min(row_)::INTEGER AS row, arg_min(${example}, row_) AS example FROM parsed_events WHERE ${where}`,
  );
  const count = Number(found!['n']);
  return count === 0
    ? []
    : [{ file, what, count, row: Number(found!['row']), example: String(found!['example'] ?? '') }];
}

/** SQL for Unix seconds: numbers by magnitude (s, ms, us, ns), dates and times in ISO 8601. */
function timeOf(name: string): string {
  const column = quoted(name);
  const text = `regexp_replace(CAST(${column} AS VARCHAR), ' ?UTC$', '')`;
  const number = `try_cast(CAST(${column} AS VARCHAR) AS DOUBLE)`;
  return `coalesce(
    CASE WHEN ${number} > 1e17 THEN ${number} / 1e9 WHEN ${number} > 1e14 THEN ${number} / 1e6
         WHEN ${number} > 1e11 THEN ${number} / 1e3 WHEN isfinite(${number}) THEN ${number} END,
    epoch(try_cast(${text} AS TIMESTAMP)))`;
}

async function packLog(
  db: Database,
  key: readonly string[],
  sequenceKind: 'session' | 'shopper',
): Promise<EventLog> {
  await db.run(`
    CREATE TABLE ordered_events AS
    SELECT row_number() OVER (ORDER BY time, row_) AS n, item, time, quantity,
           coalesce('${key[0]} ' || ${key[0]}, '${key[1]} ' || ${key[1]}) AS sequence, session
    FROM (
      SELECT * FROM parsed_events WHERE item IS NOT NULL AND time IS NOT NULL AND (shopper IS NOT NULL OR session IS NOT NULL)
      QUALIFY session IS NULL OR row_number() OVER (PARTITION BY session, item ORDER BY time, row_) = 1
    );
    DROP TABLE parsed_events;
    CREATE TABLE item_numbers AS SELECT item, row_number() OVER (ORDER BY min(n)) - 1 AS number FROM ordered_events GROUP BY item;
    CREATE TABLE sequence_numbers AS SELECT sequence, row_number() OVER (ORDER BY min(n)) - 1 AS number FROM ordered_events GROUP BY sequence;
    CREATE TABLE session_numbers AS SELECT session, row_number() OVER (ORDER BY min(n)) AS number FROM ordered_events WHERE session IS NOT NULL GROUP BY session;`);
  const [size] = await rows(
    db,
    `SELECT count(*)::INTEGER AS n, (SELECT count(*)::INTEGER FROM sequence_numbers) AS sequences FROM ordered_events`,
  );
  const count = Number(size!['n']);
  const log = {
    count,
    time: new Float64Array(count),
    item: new Uint32Array(count),
    sequence: new Uint32Array(count),
    sequences: Number(size!['sequences']),
    session: new Uint32Array(count),
    quantity: new Float32Array(count),
    itemIds: [] as string[],
    sequenceKind,
  };
  let at = 0;
  const events = chunks(
    db,
    `SELECT time, i.number::INTEGER, q.number::INTEGER, coalesce(s.number, 0)::INTEGER, quantity::DOUBLE
     FROM ordered_events JOIN item_numbers i USING (item) JOIN sequence_numbers q USING (sequence)
     LEFT JOIN session_numbers s USING (session) ORDER BY n`,
  );
  for await (const [time, item, sequence, session, quantity] of events) {
    log.time.set(time as number[], at);
    log.item.set(item as number[], at);
    log.sequence.set(sequence as number[], at);
    log.session.set(session as number[], at);
    log.quantity.set(quantity as number[], at);
    at += time!.length;
  }
  for await (const [ids] of chunks(db, 'SELECT item FROM item_numbers ORDER BY number'))
    log.itemIds.push(...(ids as string[]));
  await db.run(
    'DROP TABLE ordered_events; DROP TABLE item_numbers; DROP TABLE sequence_numbers; DROP TABLE session_numbers',
  );
  nameSessions(log);
  return log;
}

/** Numbers the sessions of events that came without one (0), by a silence in their history. */
function nameSessions(log: {
  count: number;
  time: Float64Array;
  sequence: Uint32Array;
  sequences: number;
  session: Uint32Array;
}): void {
  let next = log.session.reduce((most, session) => Math.max(most, session), 0) + 1;
  const last = new Float64Array(log.sequences).fill(-Infinity);
  const current = new Uint32Array(log.sequences);
  for (let e = 0; e < log.count; e++) {
    const sequence = log.sequence[e]!;
    if (log.session[e] === 0) {
      if (log.time[e]! - last[sequence]! > SESSION_GAP) current[sequence] = next++;
      log.session[e] = current[sequence]!;
    }
    last[sequence] = log.time[e]!;
  }
}
