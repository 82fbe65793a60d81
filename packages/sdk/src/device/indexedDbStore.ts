import { clear, createStore, getMany, promisifyRequest, setMany } from 'idb-keyval';
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

  return {
    read: async (keys) =>
      (await attempt(() => getMany<unknown>([...keys], store))) ?? keys.map(() => undefined),
    async write(entries) {
      if (!wiped) await attempt(() => setMany(entries as [string, unknown][], store));
    },
    async update<T>(key: string, change: (there: unknown) => T): Promise<T | undefined> {
      if (wiped) return undefined;
      return await attempt(() =>
        store('readwrite', async (objects) => {
          let result: T | undefined;
          const there = objects.get(key);
          there.onsuccess = () => objects.put((result = change(there.result)), key);
          await promisifyRequest(objects.transaction);
          return result;
        }),
      );
    },
    async wipe() {
      wiped = true;
      await attempt(() => clear(store));
    },
    persistent: () => works && !wiped,
  };
}
