import { createHash } from 'node:crypto';
import { serial } from '../serial.ts';
import { eachOf } from './eachOf.ts';
import { inPieces } from './inPieces.ts';
import type { Key, Store, Value } from './Store.ts';

/** What is used of a `Storage` of unstorage 1.x. */
export interface UnstorageLike {
  getItem(key: string): Promise<unknown>;
  getItems(keys: string[]): Promise<{ key: string; value: unknown }[]>;
  setItem(key: string, value: object): Promise<void>;
  removeItem(key: string): Promise<void>;
  getKeys(base: string): Promise<string[]>;
  dispose(): Promise<void>;
}

/** A record. The name is in it, as the key has but its hash; the value is in it as text, as unstorage drops some properties. */
interface Held {
  readonly name: string;
  readonly version: number;
  readonly json: string;
}

interface Found {
  /** The record, or what it was before where it is torn. */
  readonly held: Held | undefined;
  readonly isTorn: boolean;
}

/** Keys of one request, where the driver can do many at once; and requests under way at once. */
const KEYS = 100;
const REQUESTS = 16;
/** What ends the key of the copy that is kept while a record is overwritten. */
const BEFORE = '.before';

/**
 * A store in any driver of unstorage. Looking and writing are one step only within this store, so one process at a time may write.
 *
 * A driver may write in place, as that of files does. So a record is copied before it is overwritten: a process that dies in the middle
 * leaves one of both whole.
 *
 * @param storage with nothing else in it, or one of `prefixStorage`; closing the store disposes of it
 */
export function unstorageStore(storage: UnstorageLike): Store {
  const inTurn = serial();
  const read = async (keys: readonly string[]): Promise<Found[]> => {
    const pieces = await eachOf(inPieces(keys, KEYS), REQUESTS, async (piece) => {
      const values = new Map((await storage.getItems(piece)).map(({ key, value }) => [key, value]));
      return await Promise.all(
        piece.map(async (key): Promise<Found> => {
          const value = values.get(key);
          if (isWhole(value)) return { held: value, isTorn: false };
          if (value === null || value === undefined) return { held: undefined, isTorn: false };
          const before = await storage.getItem(key + BEFORE);
          return { held: isWhole(before) ? before : undefined, isTorn: true };
        }),
      );
    });
    return pieces.flat();
  };
  return {
    async getMany(keys) {
      return (await read(keys.map(toKey))).map(({ held }) => held && valueOf(held));
    },
    putMany(entries, version) {
      const records = entries.map(([key, value]) => {
        const held: Held = { name: key[1], version, json: JSON.stringify(value) };
        return [toKey(key), held] as const;
      });
      return inTurn(async () => {
        const before = await read(records.map(([key]) => key));
        const places = records.map((_, place) => place);
        return await eachOf(places, REQUESTS, async (place) => {
          const [key, record] = records[place]!;
          const { held, isTorn } = before[place]!;
          if (held !== undefined && held.version >= version) return false;
          // Of a torn record the copy is all that is left.
          if (held !== undefined && !isTorn) await storage.setItem(key + BEFORE, held);
          await storage.setItem(key, record);
          return true;
        });
      });
    },
    deleteMany(keys) {
      return inTurn(async () => {
        await eachOf(keys.map(toKey), REQUESTS, async (key) => {
          await storage.removeItem(key + BEFORE);
          await storage.removeItem(key);
        });
      });
    },
    async *scan(group) {
      const keys = (await storage.getKeys(folderOf(group))).filter((key) => !key.endsWith(BEFORE));
      const found = (await read(keys)).flatMap(({ held }) => held ?? []);
      for (const held of found.sort((a, b) => (a.name < b.name ? -1 : 1))) yield [held.name, valueOf(held)];
    },
    async close() {
      await storage.dispose();
    },
  };
}

/** unstorage takes a slash for its colon, drops others, and drivers have limits and case of their own: a hash passes all. */
function toKey([group, name]: Key): string {
  return folderOf(group) + createHash('sha256').update(name, 'utf16le').digest('hex');
}

function folderOf(group: string): string {
  return `${group.replaceAll('/', '_')}:`;
}

function isWhole(value: unknown): value is Held {
  return typeof value === 'object' && value !== null && 'json' in value;
}

function valueOf({ json }: Held): Value {
  return JSON.parse(json) as Value;
}
