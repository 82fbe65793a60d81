import type { Item } from '@evershelf/model';
import type { ColumnMap } from './columns.ts';
import { chunks, type Database, ROW, rows } from './Database.ts';
import type { EventLog } from './EventLog.ts';
import { InputError } from './InputError.ts';
import { AT_TIME, parseEvents } from './parseEvents.ts';
import { nothingLeft, type Problem } from './Problems.ts';
import { sharedArray } from '../workers/shared.ts';

/** A silence of this many seconds ends a session where the log does not name sessions. */
const SESSION_GAP = 1800;

/** From this share of events with a shopper on, histories are the shopper's. */
const MOSTLY = 0.9;

export interface ReadEventsOptions {
  readonly files: readonly string[];
  readonly map: ColumnMap;
  /** What a history is; default the shopper where nearly every event has one, else the session. */
  readonly sequence?: 'session' | 'shopper' | undefined;
  /** Bytes that the log may take; default is no limit. */
  readonly most?: number | undefined;
}

/** Bytes of an event in a log. */
const EVENT_BYTES = 25;
/** Kinds of events that are told apart: the most frequent ones. */
const MOST_KINDS = 64;

/** An event log as it was read. */
interface ReadEvents {
  readonly log: EventLog;
  readonly problems: Problem[];
  /** The items that the events tell of, where they do. */
  readonly items: Item[];
  /** Where the first event of an item stood, by the item's number in the log. */
  placeOf(item: number): { file: string; row: number };
}

/**
 * Reads an event log: columns recognised or mapped, rows without item or time left out and counted, ordered by time, a
 * second line of the same item in the same session dropped. What shelves have shown is no interest, and left out: every impression,
 * and the clicks that say which shelf they were on; a log of clicks alone is read as it is. What the service found too much of one
 * session or client is left out as well: else who floods a shop is in its next model.
 *
 * @throws {InputError} where nothing is left
 */
export async function readEvents(db: Database, options: ReadEventsOptions): Promise<ReadEvents> {
  const { file, problems, items, place, leaveOut } = await parseEvents(db, options.files, options.map, [
    'shelf',
    'over',
  ]);
  await leaveOut(
    `over = 'true'`,
    'events over what the service counts of one session or client, left out',
    `kind || ' of item ' || item`,
  );
  await leaveOut(
    `kind = 'impression' OR (kind = 'click' AND shelf IS NOT NULL)`,
    'impressions and clicks on shelves, which are no interest of a shopper, left out',
    `kind || ' of item ' || item`,
  );
  const [total] = await rows(
    db,
    'SELECT count(*)::DOUBLE AS n, count(shopper)::DOUBLE AS shoppers, count(session)::DOUBLE AS sessions FROM parsed_events',
  );
  const [usable, shoppers, sessions] = [
    Number(total!['n']),
    Number(total!['shoppers']),
    Number(total!['sessions']),
  ];
  if (usable === 0)
    throw new InputError(
      nothingLeft(`${file}: found no row with an item and a time, wanted events`, problems),
    );
  if (shoppers + sessions === 0) {
    throw new InputError(
      `${file}: found no shopper and no session, wanted a column for either (--map session=COLUMN)`,
    );
  }
  const { sequence } = options;
  if (sequence !== undefined && (sequence === 'shopper' ? shoppers : sessions) === 0)
    throw new InputError(`${file}: found no ${sequence}, wanted a column for it (--map ${sequence}=COLUMN)`);
  const sequenceKind = sequence ?? (shoppers >= MOSTLY * usable ? 'shopper' : 'session');
  const key = sequenceKind === 'shopper' ? ['shopper', 'session'] : ['session', 'shopper'];
  await leaveOut(
    'shopper IS NULL AND session IS NULL',
    'events without shopper and session, left out',
    `'item ' || item || ${AT_TIME}`,
  );
  const { log, firstRows } = await packLog(db, key, sequenceKind, (count) =>
    checkSize(file, count, options.most),
  );
  return { log, problems, items, placeOf: (item) => place(firstRows[item]!) };
}

/** Refuses a log that would take more than `most` bytes. */
function checkSize(file: string, count: number, most = Infinity): void {
  const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;
  if (count * EVENT_BYTES <= most) return;
  throw new InputError(
    `${file}: found ${count.toLocaleString('en')} events, which take ${megabytes(count * EVENT_BYTES)}, ` +
      `wanted at most ${megabytes(most)} of the memory: allow more (--memory) or give fewer events`,
  );
}

async function packLog(
  db: Database,
  key: readonly string[],
  sequenceKind: 'session' | 'shopper',
  checkCount: (count: number) => void,
): Promise<{ log: EventLog; firstRows: Float64Array }> {
  await db.run(`
    CREATE TABLE ordered_events AS
    SELECT row_number() OVER (ORDER BY time, ${ROW}) AS n, ${ROW}, item, time, quantity, kind,
           coalesce('${key[0]} ' || ${key[0]}, '${key[1]} ' || ${key[1]}) AS sequence, session
    FROM (
      SELECT * FROM parsed_events WHERE shopper IS NOT NULL OR session IS NOT NULL
      QUALIFY session IS NULL OR row_number() OVER (PARTITION BY session, item ORDER BY time, ${ROW}) = 1
    );
    DROP TABLE parsed_events;
    CREATE TABLE item_numbers AS SELECT item, row_number() OVER (ORDER BY min(n)) - 1 AS number, min(${ROW}) AS first FROM ordered_events GROUP BY item;
    CREATE TABLE sequence_numbers AS SELECT sequence, row_number() OVER (ORDER BY min(n)) - 1 AS number FROM ordered_events GROUP BY sequence;
    CREATE TABLE kind_numbers AS SELECT kind, row_number() OVER (ORDER BY count(*) DESC, kind) AS number FROM ordered_events WHERE kind <> '' GROUP BY kind QUALIFY number < ${MOST_KINDS};
    CREATE TABLE session_numbers AS SELECT session, row_number() OVER (ORDER BY min(n)) AS number FROM ordered_events WHERE session IS NOT NULL GROUP BY session;`);
  const [size] = await rows(
    db,
    `SELECT count(*)::INTEGER AS n, (SELECT count(*)::INTEGER FROM sequence_numbers) AS sequences FROM ordered_events`,
  );
  const count = Number(size!['n']);
  checkCount(count);
  const log = {
    count,
    time: sharedArray(Float64Array, count),
    item: sharedArray(Uint32Array, count),
    sequence: sharedArray(Uint32Array, count),
    sequences: Number(size!['sequences']),
    session: sharedArray(Uint32Array, count),
    quantity: sharedArray(Float32Array, count),
    kind: sharedArray(Uint8Array, count),
    kinds: [''],
    itemIds: [] as string[],
    sequenceKind,
  };
  let at = 0;
  const events = chunks(
    db,
    `SELECT time, i.number::INTEGER, q.number::INTEGER, coalesce(s.number, 0)::INTEGER, quantity::DOUBLE, coalesce(k.number, 0)::INTEGER
     FROM ordered_events JOIN item_numbers i USING (item) JOIN sequence_numbers q USING (sequence)
     LEFT JOIN session_numbers s USING (session) LEFT JOIN kind_numbers k USING (kind) ORDER BY n`,
  );
  for await (const [time, item, sequence, session, quantity, kind] of events) {
    log.time.set(time as number[], at);
    log.item.set(item as number[], at);
    log.sequence.set(sequence as number[], at);
    log.session.set(session as number[], at);
    log.quantity.set(quantity as number[], at);
    log.kind.set(kind as number[], at);
    at += time!.length;
  }
  const firstRows: number[] = [];
  for await (const [ids, first] of chunks(
    db,
    'SELECT item, first::DOUBLE FROM item_numbers ORDER BY number',
  )) {
    log.itemIds.push(...(ids as string[]));
    firstRows.push(...(first as number[]));
  }
  for await (const [kinds] of chunks(db, 'SELECT kind FROM kind_numbers ORDER BY number'))
    log.kinds.push(...(kinds as string[]));
  await db.run(
    'DROP TABLE ordered_events; DROP TABLE kind_numbers; DROP TABLE item_numbers; DROP TABLE sequence_numbers; DROP TABLE session_numbers',
  );
  nameSessions(log);
  return { log, firstRows: Float64Array.from(firstRows) };
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
