import { createStore, promisifyRequest } from 'idb-keyval';
import { within } from '../within.ts';
import type { DeviceStore } from './DeviceStore.ts';

/** A browser may never answer: WebKit has hung on the first open, and a tab that deletes the database blocks it. */
const PATIENCE = 2000;

/** Connections that failed in a row, of a device that is left alone from then on. */
const FAILURES = 3;

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
  /** Without end once all was wiped. */
  let failures = 0;
  let full = false;

  /** What `work` gives; undefined where the device fails, or is full. */
  const attempt = async <T extends object | true>(
    mode: IDBTransactionMode,
    work: (objects: IDBObjectStore) => Promise<T>,
    again = true,
  ): Promise<T | undefined> => {
    if (failures >= FAILURES) return undefined;
    const own = store;
    let result: T | undefined;
    let problem: string | undefined;
    const trial = async (): Promise<void> => {
      try {
        result = await own(mode, (objects) => {
          // Who deletes the database is not held up.
          objects.transaction.db.onversionchange = closeIt;
          return work(objects);
        });
        // Also where it came late: a device that is slow is none that fails.
        if (failures < Infinity) failures = 0;
      } catch (error) {
        problem = (error as Error).name;
      }
    };
    await within(PATIENCE, trial());
    if (result !== undefined) return result;
    full = problem === 'QuotaExceededError';
    if (full) return undefined;
    if (own === store) {
      failures += problem ? 1 : FAILURES;
      // The database was deleted, or the browser closed it: another one may be had.
      store = connect();
    }
    return again ? await attempt(mode, work, false) : undefined;
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
      failures = Infinity;
      await wiping;
      await deleteDatabase(name);
    },
    persistent: () => failures < FAILURES && !full,
  };
}
