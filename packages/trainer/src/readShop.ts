import { readFile } from 'node:fs/promises';
import { checkSchema, type Item, type Schema, SchemaError } from '@evershelf/model';
import type { ColumnMap } from './read/columns.ts';
import { withDatabase } from './read/Database.ts';
import { emptyLog, type EventLog } from './read/EventLog.ts';
import { inferSchema } from './read/inferSchema.ts';
import { InputError } from './read/InputError.ts';
import type { Problem } from './read/Problems.ts';
import { readEvents } from './read/readEvents.ts';
import { readItems } from './read/readItems.ts';

export interface ShopFiles {
  /** Default is no event at all. */
  readonly events?: readonly string[] | undefined;
  readonly items?: readonly string[] | undefined;
  /** Path of a JSON file that declares the schema; default is to infer it from the items. */
  readonly schema?: string | undefined;
  readonly map: ColumnMap;
  readonly sequence?: 'session' | 'shopper' | undefined;
  /** Bytes that the reading may take: beside the program's own, half for the database, half for the log. Default is what the machine has. */
  readonly memory?: number | undefined;
}

export interface Shop {
  readonly log: EventLog;
  /** The items of the log by its numbers, then the items without an event. */
  readonly items: readonly Item[];
  readonly schema: Schema;
  /** What could not be used as it was. */
  readonly problems: readonly Problem[];
}

/** Bytes that the program takes beside the database and the log while it reads. */
const OWN = 2 ** 28;

/**
 * Reads a shop's events and items.
 *
 * @throws {InputError} where they cannot be used at all
 */
export async function readShop(files: ShopFiles): Promise<Shop> {
  const half = files.memory === undefined ? undefined : Math.max(0, files.memory - OWN) / 2;
  const { events, read } = await withDatabase(half, async (db) => ({
    events:
      files.events === undefined
        ? { log: emptyLog(), problems: [], items: [], placeOf: nowhere }
        : await readEvents(db, { ...files, files: files.events, most: half }),
    read:
      files.items === undefined ? { items: [], problems: [] } : await readItems(db, files.items, files.map),
  }));
  const { log, problems, placeOf } = events;
  const listed = files.items === undefined ? events.items : read.items.map(withoutDescription);
  const byId = new Map(listed.map((item) => [item.id, item]));
  const unknown = files.items === undefined ? [] : unknownItems(log, byId, placeOf);
  const inLog = new Set(log.itemIds);
  const items = [
    ...log.itemIds.map((id) => byId.get(id) ?? { id }),
    ...listed.filter((item) => !inLog.has(item.id)),
  ];
  const schema = files.schema === undefined ? inferSchema(items) : await readSchema(files.schema);
  return { log, items, schema, problems: [...problems, ...read.problems, ...unknown] };
}

/** No shelf shows a description, and they would be most of what a page loads. The metadata service has them. */
function withoutDescription({ description: _description, ...item }: Item): Item {
  return item as Item;
}

function nowhere(): never {
  throw new Error('a log without events has no item that stands somewhere');
}

/** Events of items that the items file does not have: they are trained on by their id alone. */
function unknownItems(
  log: EventLog,
  items: ReadonlyMap<string, Item>,
  placeOf: (item: number) => { file: string; row: number },
): Problem[] {
  const isUnknown = log.itemIds.map((id) => !items.has(id));
  const count = log.item.reduce((sum, item) => sum + (isUnknown[item] ? 1 : 0), 0);
  if (count === 0) return [];
  const [first] = isUnknown
    .flatMap((unknown, item) => (unknown ? [{ ...placeOf(item), example: `item ${log.itemIds[item]}` }] : []))
    .toSorted((a, b) => a.row - b.row);
  return [{ ...first!, what: 'events of items that the items file lacks, known by id alone', count }];
}

async function readSchema(path: string): Promise<Schema> {
  try {
    return checkSchema(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof SchemaError || error instanceof SyntaxError)
      throw new InputError(`${path}: ${error.message}`);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new InputError(`${path}: found no such file, wanted a schema`);
    throw error;
  }
}
