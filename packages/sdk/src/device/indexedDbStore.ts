import { createStore, promisifyRequest } from 'idb-keyval';
import type { DeviceStore } from './DeviceStore.ts';

/** A browser may never answer: WebKit has hung on the first open, and a tab that deletes the database blocks it. */
const PATIENCE = 2000;

/** A store in an IndexedDB database of its own. */
export function indexedDbStore(name: string): DeviceStore {
  const store = createStore(name, 'entries');
  let works = true;
  let wiped = false;

  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (!works) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      return await Promise.race([
        work(),
        new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new Error('IndexedDB does not answer')), PATIENCE);
        }),
      ]);
    } catch {
      works = false;
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  };

  const change = (work: (objects: IDBObjectStore) => void): Promise<unknown> =>
    attempt(() =>
      store('readwrite', async (objects) => {
        work(objects);
        await promisifyRequest(objects.transaction);
      }),
    );

  return {
    read: async (keys) =>
      (await attempt(() =>
        store('readonly', (objects) =>
          Promise.all(keys.map((key) => promisifyRequest<unknown>(objects.get(key)))),
        ),
      )) ?? keys.map(() => undefined),
    async write(entries) {
      if (!wiped) await change((objects) => entries.forEach(([key, value]) => objects.put(value, key)));
    },
    async update<T>(key: string, make: (there: unknown) => T): Promise<T | undefined> {
      let result: T | undefined;
      if (!wiped)
        await change((objects) => {
          const there = objects.get(key);
          there.onsuccess = () => objects.put((result = make(there.result)), key);
        });
      return works ? result : undefined;
    },
    async wipe() {
      wiped = true;
      await change((objects) => objects.clear());
    },
    persistent: () => works && !wiped,
  };
}
