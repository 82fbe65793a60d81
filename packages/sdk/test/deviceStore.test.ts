import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { indexedDbStore } from '../src/device/indexedDbStore.ts';
import { openStores } from '../src/device/openStores.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const settled = (request: IDBOpenDBRequest): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error!));
    request.addEventListener('blocked', () => reject(new Error('blocked')));
  });

/** A database as another version of this code may have left it. */
async function leave(version: number, store: string): Promise<void> {
  const request = indexedDB.open('shop', version);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(store).put('old', 'a'));
  (await settled(request)).close();
}

/** Another tab that writes to the database without end, until it is released: what waited for that has come to its end then. */
async function holdUp(): Promise<() => Promise<void>> {
  const database = await settled(indexedDB.open('shop'));
  let isHeld = true;
  const writing = database.transaction('entries', 'readwrite');
  const hold = (): void => {
    if (isHeld) writing.objectStore('entries').get('a').addEventListener('success', hold);
  };
  hold();
  return async () => {
    const over = new Promise((resolve) => writing.addEventListener('complete', resolve));
    isHeld = false;
    await over;
    const reading = database.transaction('entries', 'readwrite').objectStore('entries').get('a');
    await new Promise((resolve) => reading.addEventListener('success', resolve));
    database.close();
    await new Promise((resolve) => setImmediate(resolve));
  };
}

/** A browser without databases, as pages meet it. */
function refuse(open: () => unknown): void {
  vi.stubGlobal('indexedDB', { open, databases: open });
  onTestFinished(() => void vi.unstubAllGlobals());
}

describe('a store on the device', () => {
  it('goes on in a new database where its own is deleted, and holds nobody up who deletes it', async () => {
    const store = indexedDbStore('shop');
    await store.write([['a', 1]]);
    await settled(indexedDB.deleteDatabase('shop'));
    expect(await store.read(['a'])).toEqual([undefined]);
    expect(await store.write([['a', 2]])).toBe(true);
    expect(await indexedDbStore('shop').read(['a'])).toEqual([2]);
    expect(store.persistent()).toBe(true);
  });

  it('deletes what is written as undefined', async () => {
    const store = indexedDbStore('shop');
    await store.write(Object.entries({ a: 1, b: 2 }));
    await store.write(Object.entries({ a: undefined, b: 3 }));
    expect(await store.read(['a', 'b'])).toEqual([undefined, 3]);
  });

  it('reads a database of a later version', async () => {
    await leave(7, 'entries');
    expect(await indexedDbStore('shop').read(['a'])).toEqual(['old']);
  });

  it('does without a database that another code has made', async () => {
    await leave(1, 'others');
    const store = indexedDbStore('shop');
    expect(await store.read(['a'])).toEqual([undefined]);
    expect(await store.write([['a', 1]])).toBe(false);
    expect(store.persistent()).toBe(false);
  });

  it.each([
    [
      'throws',
      () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    ],
    ['is not there', undefined],
  ])('does without where the browser has databases whose way in %s', async (_, open) => {
    refuse(open as () => unknown);
    for (const consent of ['none', 'cache', 'profile'] as const) {
      const { catalogue, profile } = openStores(consent);
      for (const store of [catalogue, profile]) {
        expect(await store.read(['a', 'b'])).toEqual([undefined, undefined]);
        expect(await store.write([['a', 1]])).toBe(false);
        expect(await store.update('a', () => 1)).toBeUndefined();
        expect(store.persistent()).toBe(false);
      }
    }
  });

  it('does without where the browser never answers, as where another tab blocks it', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    refuse(() => ({}));
    const store = indexedDbStore('shop');
    const reading = store.read(['a']);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await reading).toEqual([undefined]);
    expect(store.persistent()).toBe(false);
  });

  it.each([
    ['keeps again what it is given once a slow device has answered', false, true, [2]],
    ['keeps nothing that a slow device answers after all was wiped', true, false, [undefined]],
  ])('%s', async (_, wiped, persistent, kept) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const store = indexedDbStore('shop');
    await store.write([['a', 1]]);
    const release = await holdUp();
    const reading = store.read(['a']);
    const wiping = wiped ? store.wipe() : undefined;
    await vi.advanceTimersByTimeAsync(4000);
    expect(await reading).toEqual([undefined]);
    await wiping;
    expect(store.persistent()).toBe(false);
    await release();
    expect(store.persistent()).toBe(persistent);
    expect(await store.write([['a', 2]])).toBe(persistent);
    expect(await indexedDbStore('shop').read(['a'])).toEqual(kept);
  });

  it('is read while the device is full, and written again when it has room', async () => {
    const store = indexedDbStore('shop');
    await store.write([['a', 1]]);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    expect(await store.write([['a', 2]])).toBe(false);
    expect(store.persistent()).toBe(false);
    expect(await store.read(['a'])).toEqual([1]);
    put.mockRestore();
    expect(await store.write([['a', 3]])).toBe(true);
    expect(await store.read(['a'])).toEqual([3]);
    expect(store.persistent()).toBe(true);
  });

  it('is empty after it was wiped, also where the browser refuses to delete the database', async () => {
    const store = indexedDbStore('shop');
    await store.write([['a', 1]]);
    vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    await store.wipe();
    expect(store.persistent()).toBe(false);
    expect(await indexedDbStore('shop').read(['a'])).toEqual([undefined]);
  });
});
