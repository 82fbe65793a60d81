import type { Page } from '@playwright/test';

/** Something that is stored on the device. */
export interface Stored {
  /** Such as `IndexedDB evershelf-catalogue`, `localStorage`, `cookies`. */
  readonly where: string;
  readonly key: string;
  /** Of the value, about. */
  readonly bytes: number;
}

/** All that a page's origin has stored on the device, wherever a browser lets it: an empty database too. */
export function storedOn(page: Page): Promise<Stored[]> {
  return page.evaluate(async () => {
    const found: { where: string; key: string; bytes: number }[] = [];
    const result = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error!));
      });
    const bytesOf = (value: unknown): number => {
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
      if (typeof value !== 'object' || value === null) return String(value).length;
      return Object.entries(value).reduce((sum, [key, each]) => sum + key.length + bytesOf(each), 0);
    };
    for (const { name } of await indexedDB.databases()) {
      const opening = indexedDB.open(name!);
      // Deleted since it was named: looking must not make it anew.
      opening.addEventListener('upgradeneeded', () => opening.transaction!.abort());
      const database = await result(opening).catch(() => undefined);
      if (database === undefined) continue;
      const where = `IndexedDB ${name}`;
      if (database.objectStoreNames.length === 0) found.push({ where, key: '', bytes: 0 });
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([result(objects.getAllKeys()), result(objects.getAll())]);
        if (keys.length === 0) found.push({ where, key: '', bytes: 0 });
        keys.forEach((key, k) => found.push({ where, key: String(key), bytes: bytesOf(values[k]) }));
      }
      database.close();
    }
    for (const [where, storage] of Object.entries({ localStorage, sessionStorage }))
      for (const [key, text] of Object.entries(storage as Record<string, string>))
        found.push({ where, key, bytes: text.length });
    for (const text of document.cookie.split('; ').filter(Boolean))
      found.push({ where: 'cookies', key: text.split('=')[0]!, bytes: text.length });
    for (const key of await caches.keys()) found.push({ where: 'caches', key, bytes: 0 });
    return found;
  });
}
