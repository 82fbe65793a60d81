import { createStore, promisifyRequest } from 'idb-keyval';
import { within } from '../within.ts';
import type { DeviceStore } from './DeviceStore.ts';

/** A browser may never answer: WebKit has hung on the first open, and a tab that deletes the database blocks it. */
const PATIENCE = 2000;

/** A handler made beside some work would hold the work, and what it has written, as long as the database is open. */
function closeIt(this: IDBDatabase): void {
  this.close();
}

/** Deletes a database, where the browser lets it. Tabs that have it open close it; where one does not, it is deleted once that one is closed. */
export function deleteDatabase(name: string): Promise<void> {
  // Some browsers throw where a page that may store nothing looks for databases.
  const deleting = async (): Promise<unknown> => promisifyRequest(indexedDB.deleteDatabase(name));
  return within(PATIENCE, deleting());
}

/** A store in an IndexedDB database of its own. */
export function indexedDbStore(name: string): DeviceStore {
  const connect = (): ReturnType<typeof createStore> => createStore(name, 'entries');
  let store = connect();
  let works = true;
  let full = false;

  /** What `work` gives; undefined where the device fails, or is full. */
  const attempt = async <T extends object | true>(
    mode: IDBTransactionMode,
    work: (objects: IDBObjectStore) => Promise<T>,
    again = true,
  ): Promise<T | undefined> => {
    if (!works) return undefined;
    let result: T | undefined;
    let problem: string | undefined;
    const trial = async (): Promise<void> => {
      try {
        result = await store(mode, (objects) => {
          // Who deletes the database is not held up.
          objects.transaction.db.onversionchange = closeIt;
          return work(objects);
        });
      } catch (error) {
        problem = (error as Error).name;
      }
    };
    await within(PATIENCE, trial());
    if (result !== undefined) return result;
    full = problem === 'QuotaExceededError';
    works = full || (again && problem !== undefined);
    if (!works || full) return undefined;
    // The database was deleted, or the browser closed it: another one may be had.
    store = connect();
    return await attempt(mode, work, false);
  };
  const change = async (work: (objects: IDBObjectStore) => void): Promise<boolean> =>
    (await attempt('readwrite', async (objects) => {
      work(objects);
      await promisifyRequest(objects.transaction);
      full = false;
      return true;
    })) === true;

  return {
    read: async (keys) =>
      (await attempt('readonly', (objects) =>
        Promise.all(keys.map((key) => promisifyRequest<unknown>(objects.get(key)))),
      )) ?? keys.map(() => undefined),
    write: (entries) =>
      change((objects) => {
        for (const [key, value] of entries)
          if (value === undefined) objects.delete(key);
          else objects.put(value, key);
      }),
    async update<T>(key: string, make: (there: unknown) => T): Promise<T | undefined> {
      let result: T | undefined;
      const done = await change((objects) => {
        const there = objects.get(key);
        there.onsuccess = () => objects.put((result = make(there.result)), key);
      });
      return done ? result : undefined;
    },
    async wipe() {
      const wiping = change((objects) => objects.clear());
      works = false;
      await wiping;
      // A connection that failed meanwhile may have been taken for another try.
      works = false;
      await deleteDatabase(name);
    },
    persistent: () => works && !full,
  };
}
