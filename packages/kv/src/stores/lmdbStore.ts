import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { open } from 'lmdb';
import { ServiceError } from '../ServiceError.ts';
import type { Key, Store, Value } from './Store.ts';

/** Records that are read or written in one turn of the event loop: some milliseconds of work. */
const SLICE = 128;

/**
 * A store in one file of this machine; the folder is made where it is missing. Several processes may open it at once.
 *
 * @throws {ServiceError} where the file cannot be opened
 */
export async function lmdbStore(file: string): Promise<Store> {
  const db = await openFile(file);
  return {
    async getMany(keys) {
      const values: (Value | undefined)[] = [];
      for (const slice of slices(keys)) {
        if (values.length > 0) await nextTurn();
        for (const key of slice) {
          const text = db.get(toBytes(key));
          values.push(text === undefined ? undefined : valueOf(text));
        }
      }
      return values;
    },
    async putMany(entries, version) {
      const texts = entries.map(
        ([key, value]) => [toBytes(key), `${version} ${JSON.stringify(value)}`] as const,
      );
      const written: boolean[] = [];
      for (const slice of slices(texts))
        written.push(
          ...(await db.transaction(() =>
            slice.map(([key, text]) => {
              const held = db.get(key);
              if (held !== undefined && versionOf(held) >= version) return false;
              void db.put(key, text);
              return true;
            }),
          )),
        );
      await db.flushed;
      return written;
    },
    async deleteMany(keys) {
      await db.transaction(() => {
        for (const key of keys) void db.remove(toBytes(key));
      });
      await db.flushed;
    },
    async *scan(group) {
      const start = toBytes([group, '']);
      let found = 0;
      for (const { key, value } of db.getRange({ start })) {
        if (++found % SLICE === 0) await nextTurn();
        if (!key.subarray(0, start.length).equals(start)) return;
        yield [toName(key.subarray(start.length)), valueOf(value)];
      }
    },
    async close() {
      await db.close();
    },
  };
}

/** A list in pieces that leave the process's other work its turn. */
function* slices<T>(list: readonly T[]): Iterable<readonly T[]> {
  for (let at = 0; at < list.length; at += SLICE) yield list.slice(at, at + SLICE);
}

async function openFile(file: string): Promise<ReturnType<typeof open<string, Buffer>>> {
  try {
    await mkdir(dirname(file), { recursive: true });
    return open<string, Buffer>({ path: file, noSubdir: true, keyEncoding: 'binary', encoding: 'string' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      `${file}: could not be opened (${reason}), wanted a folder that this user can write and a file of this service`,
    );
  }
}

/** A record is its version, a space, and its value as JSON: the version is read without the value. */
function versionOf(text: string): number {
  return Number.parseInt(text, 10);
}

function valueOf(text: string): Value {
  return JSON.parse(text.slice(text.indexOf(' ') + 1)) as Value;
}

/** The group, a zero, then the name in UTF-16, high byte first: in the order of JavaScript's texts, and no text is lost. */
function toBytes([group, name]: Key): Buffer {
  return Buffer.concat([Buffer.from(`${group}\0`), Buffer.from(name, 'utf16le').swap16()]);
}

function toName(bytes: Buffer): string {
  return Buffer.from(bytes).swap16().toString('utf16le');
}
