import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { open } from 'lmdb';
import { DiskError } from '../../DiskError.ts';
import { diskErrorOf } from '../../diskErrorOf.ts';
import { isReadOnly } from '../../isReadOnly.ts';
import { SLICE, slices } from '../../slices.ts';
import { ServiceError } from '../../ServiceError.ts';
import { type Damage, damageOf, type LostKeys } from './damageOf.ts';
import type { Key, Store, Value } from '../Store.ts';

/**
 * A store in one file of this machine; the folder is made where it is missing. Several processes may open it at once.
 *
 * What is whole of a file that is damaged is read, and nothing is written to it; a warning of the process says so.
 *
 * @throws {ServiceError} where the file cannot be opened, or nothing of it is whole
 */
export async function lmdbStore(file: string): Promise<Store> {
  const { db, refused, lost } = await openFile(file);
  /** LMDB must not come upon a page that is damaged. */
  const check = (first: Buffer, last: Buffer, start: (keys: LostKeys) => Buffer | undefined): void => {
    const isLost = lost.some((keys) => {
      const from = start(keys);
      return (
        (keys.to === undefined || first.compare(keys.to) < 0) &&
        (from === undefined || from.compare(last) <= 0)
      );
    });
    if (isLost)
      throw new DiskError(
        'found a part of the store that is damaged, wanted it as it was written; put a copy of the file back',
      );
  };
  let failed = false;
  /** Waits until the disk has what was written. */
  const flushed = async <T>(write: () => Promise<T>): Promise<T> => {
    try {
      if (refused !== undefined) throw refused;
      const result = await write();
      await db.flushed;
      failed = false;
      return result;
    } catch (error) {
      failed = true;
      throw await diskErrorOf(await reasonOf(error), file);
    }
  };
  return {
    async getMany(keys) {
      const values: (Value | undefined)[] = [];
      for (const slice of slices(keys)) {
        if (values.length > 0) await nextTurn();
        for (const key of slice) {
          const bytes = toBytes(key);
          check(bytes, bytes, ({ from }) => from);
          const text = db.get(bytes);
          values.push(text === undefined ? undefined : valueOf(text));
        }
      }
      return values;
    },
    async putMany(entries, version) {
      const texts = entries.map(
        ([key, value]) => [toBytes(key), `${version} ${JSON.stringify(value)}`] as const,
      );
      return await flushed(async () => {
        const written: boolean[] = [];
        for (const slice of slices(texts))
          written.push(
            ...(await db.transaction(() =>
              slice.map(([key, text]) => {
                const held = db.get(key);
                if (held !== undefined && versionOf(held) >= version) return false;
                db.putSync(key, text);
                return true;
              }),
            )),
          );
        return written;
      });
    },
    async deleteMany(keys) {
      await flushed(() =>
        db.transaction(() => {
          for (const key of keys) db.removeSync(toBytes(key));
        }),
      );
    },
    async *scan(group) {
      const start = toBytes([group, '']);
      check(start, Buffer.from(`${group}\u0001`), ({ before }) => before);
      let found = 0;
      for (const { key, value } of db.getRange({ start })) {
        if (++found % SLICE === 0) await nextTurn();
        if (!key.subarray(0, start.length).equals(start)) return;
        yield [toName(key.subarray(start.length)), valueOf(value)];
      }
    },
    async close() {
      // It waits for the latest transaction for ever, where that has failed; one that writes nothing does not.
      if (failed && refused === undefined) await db.transaction(() => {});
      await db.close();
    },
  };
}

/** Why a transaction failed: lmdb keeps that in a promise of its own, and a rejected one that nobody looks at ends the process. */
async function reasonOf(error: unknown): Promise<unknown> {
  const { commitError } = error as { commitError?: Promise<never> };
  return commitError === undefined ? error : await commitError.catch((reason: unknown) => reason);
}

type Db = ReturnType<typeof open<string, Buffer>>;

interface Opened {
  readonly db: Db;
  /** Why nothing can be written; undefined where it can. */
  readonly refused: Error | undefined;
  readonly lost: readonly LostKeys[];
}

async function openFile(file: string): Promise<Opened> {
  let damage: Damage | undefined;
  try {
    await mkdir(dirname(file), { recursive: true });
    damage = (await isEmpty(file)) ? undefined : await damageOf(file);
    const hasAny = damage?.lost.some(({ from, to }) => from === undefined && to === undefined) !== true;
    if (damage !== undefined && hasAny) {
      process.emitWarning(
        `${file}: found it damaged (${damage.what}), wanted it as it was written; what is whole is read, and nothing is written: put a copy of it back`,
      );
      const refused = new DiskError(
        'found a store that is damaged, wanted one that is whole; nothing is written until a copy of the file is put back',
      );
      return { db: openDb(file, true), refused, lost: damage.lost };
    }
    if (damage === undefined) {
      const readOnly = await isReadOnly(dirname(file));
      const refused = readOnly
        ? Object.assign(new Error('it was opened to be read'), { code: 'EROFS' })
        : undefined;
      return { db: openDb(file, readOnly), refused, lost: [] };
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError(
      `${file}: could not be opened (${reason}), wanted a folder that this user can write and a file of this service`,
    );
  }
  throw new ServiceError(
    `${file}: found it damaged (${damage.what}), wanted it as it was written; nothing was changed: put a copy of it back, or move it away and publish the shop again`,
  );
}

function openDb(file: string, readOnly: boolean): Db {
  return open<string, Buffer>({
    path: file,
    noSubdir: true,
    keyEncoding: 'binary',
    encoding: 'string',
    readOnly,
    // Else a commit that fails rejects a promise that nobody has, which ends the process.
    eventTurnBatching: false,
  });
}

async function isEmpty(file: string): Promise<boolean> {
  return ((await stat(file).catch(() => undefined))?.size ?? 0) === 0;
}

/** A record is its version, a space, and its value as JSON: the version is read without the value. */
function versionOf(text: string): number {
  return Number.parseInt(text, 10);
}

function valueOf(text: string): Value {
  try {
    return JSON.parse(text.slice(text.indexOf(' ') + 1)) as Value;
  } catch (cause) {
    throw new DiskError(
      'found a record that is damaged, wanted it as it was written; put a copy of the file back',
      {
        cause,
      },
    );
  }
}

/** The group, a zero, then the name in UTF-16, high byte first: in the order of JavaScript's texts, and no text is lost. */
function toBytes([group, name]: Key): Buffer {
  return Buffer.concat([Buffer.from(`${group}\0`), Buffer.from(name, 'utf16le').swap16()]);
}

function toName(bytes: Buffer): string {
  return Buffer.from(bytes).swap16().toString('utf16le');
}
