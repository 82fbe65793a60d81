import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { open } from 'lmdb';
import { ServiceError } from '../ServiceError.ts';
import type { Store } from './Store.ts';

/**
 * A store in one file of this machine; the folder is made where it is missing. One process at a time may open it.
 *
 * @throws {ServiceError} where the file cannot be opened
 */
export async function lmdbStore(file: string): Promise<Store> {
  const db = await openFile(file);
  return {
    async getMany(keys) {
      return keys.map((key) => db.get(toBytes(key)));
    },
    async putMany(entries) {
      await db.childTransaction(() => {
        for (const [key, value] of entries) void db.put(toBytes(key), value);
      });
      await db.flushed;
    },
    async deleteMany(keys) {
      await db.childTransaction(() => {
        for (const key of keys) void db.remove(toBytes(key));
      });
      await db.flushed;
    },
    async *scan(prefix) {
      for (const { key, value } of db.getRange(prefix === '' ? {} : { start: toBytes(prefix) })) {
        const text = toText(key);
        if (!text.startsWith(prefix)) return;
        yield [text, value];
      }
    },
    async close() {
      await db.close();
    },
  };
}

async function openFile(file: string): Promise<ReturnType<typeof open<object, Buffer>>> {
  try {
    await mkdir(dirname(file), { recursive: true });
    return open<object, Buffer>({ path: file, noSubdir: true, keyEncoding: 'binary', encoding: 'json' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      `${file}: could not be opened (${reason}), wanted a folder that this user can write and a file of this service`,
    );
  }
}

/** UTF-16, high byte first: bytes in the order of JavaScript's texts, and no text is lost, not even half a character. */
function toBytes(key: string): Buffer {
  return Buffer.from(key, 'utf16le').swap16();
}

function toText(key: Buffer): string {
  return Buffer.from(key).swap16().toString('utf16le');
}
