import { expect } from '@playwright/test';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';
import { type Cell, type Fault, storedOf, WELL } from './cell.ts';
import { matrix } from './matrix.ts';

/** Whether the shelf says that the device keeps what is learnt. */
const persists =
  (wanted: boolean) =>
  async ({ page }: Cell): Promise<void> => {
    const is = (): Promise<boolean> =>
      page.evaluate(
        () => (globalThis as unknown as { shop: Storefront }).shop.shelf.status().cache.persistent,
      );
    await expect.poll(is).toBe(wanted);
  };

const EARLIER = { earlier: () => {} };

/** A shopper returns to a device on which somebody has changed what was stored. */
const spoilt = (fault: string, spoil: (objects: IDBObjectStore) => void): Fault => ({
  fault,
  ...EARLIER,
  given: ({ page }) =>
    page.evaluate(
      `new Promise((resolve) => {
        const opening = indexedDB.open('evershelf-catalogue');
        opening.onsuccess = () => {
          const writing = opening.result.transaction('entries', 'readwrite');
          (${String(spoil)})(writing.objectStore('entries'));
          writing.oncomplete = () => resolve(opening.result.close());
        };
      })`,
    ),
  answers: WELL,
  holds: persists(true),
  recovers: 'by itself',
});

/** Another tab of the shop, from before. */
const olderTab = async ({ context, stand }: Cell, run: string): Promise<void> => {
  const tab = await context.newPage();
  await tab.goto(`http://localhost:${stand.pages.port}/sdk/`);
  await tab.evaluate(run);
};
/** A script that opens a database, and asks in one transaction without end. */
const holding = (open: string, event: string, transaction: string): string => `new Promise((resolve) => {
  const opening = ${open};
  opening.${event} = () => {
    const objects = ${transaction}.objectStore('entries');
    const hold = () => (objects.get('nothing').onsuccess = hold);
    hold();
    resolve();
  };
})`;
const closeOlderTab = ({ context }: Cell): Promise<void> => context.pages()[1]!.close();

const origin = ({ stand }: Cell): string => `http://localhost:${stand.pages.port}`;
const quota = async (cell: Cell, size?: number): Promise<void> => {
  const client = await cell.context.newCDPSession(cell.page);
  await client.send('Storage.overrideQuotaForOrigin', {
    origin: origin(cell),
    ...(size === undefined ? {} : { quotaSize: size }),
  });
};

matrix('storage', [
  {
    fault: 'no database at all',
    page: { before: "Object.defineProperty(window, 'indexedDB', { value: undefined })" },
    answers: WELL,
    holds: persists(false),
    recovers: 'by itself',
  },
  {
    fault: 'blocked: the page has no origin of its own, and may store nothing',
    page: { headers: { 'content-security-policy': 'sandbox allow-scripts' } },
    answers: WELL,
    holds: persists(false),
    recovers: 'by itself',
  },
  {
    fault: 'a database that is never opened',
    page: { before: "IDBFactory.prototype.open = () => document.createElement('p')" },
    answers: WELL,
    holds: persists(false),
    recovers: 'by itself',
  },
  {
    fault: 'over quota',
    given: (cell) => quota(cell, 1),
    answers: WELL,
    holds: persists(false),
    heals: (cell) => quota(cell),
    recovers: 'on the next page',
    healed: persists(true),
  },
  {
    fault: 'over quota from the middle of a visit on',
    strikes: (cell) => quota(cell, 1),
    answers: WELL,
    heals: (cell) => quota(cell),
    recovers: 'by itself',
    healed: persists(true),
  },
  spoilt('corrupt: a model of zeros', (objects) => {
    objects.openCursor().addEventListener('success', ({ target }) => {
      const { result: cursor } = target as IDBRequest<IDBCursorWithValue | null>;
      if (cursor === null) return;
      if (cursor.value instanceof Uint8Array) cursor.update(new Uint8Array(cursor.value.length));
      cursor.continue();
    });
  }),
  spoilt('corrupt: texts where all was', (objects) => {
    objects.openCursor().addEventListener('success', ({ target }) => {
      const { result: cursor } = target as IDBRequest<IDBCursorWithValue | null>;
      cursor?.update('lost');
      cursor?.continue();
    });
  }),
  spoilt('corrupt: half of the keys are gone', (objects) => {
    let other = false;
    objects.openCursor().addEventListener('success', ({ target }) => {
      const { result: cursor } = target as IDBRequest<IDBCursorWithValue | null>;
      if ((other = !other)) cursor?.delete();
      cursor?.continue();
    });
  }),
  {
    fault: 'a database of that name which other code has made',
    given: (cell) =>
      olderTab(
        cell,
        `new Promise((resolve) => {
          const opening = indexedDB.open('evershelf-catalogue', 7);
          opening.onupgradeneeded = () => opening.result.createObjectStore('others');
          opening.onsuccess = () => resolve(opening.result.close());
        })`,
      ),
    answers: WELL,
    holds: persists(false),
    // It is deleted when the page goes, which has it open.
    heals: ({ context }) =>
      context.pages()[1]!.evaluate("void indexedDB.deleteDatabase('evershelf-catalogue')"),
    recovers: 'on the next page',
    healed: persists(true),
  },
  {
    fault: 'deleted under our feet',
    strikes: async (cell) => {
      const client = await cell.context.newCDPSession(cell.page);
      await client.send('Storage.clearDataForOrigin', { origin: origin(cell), storageTypes: 'indexeddb' });
    },
    answers: WELL,
    holds: persists(true),
    recovers: 'on the next page',
    healed: persists(true),
  },
  {
    fault: 'locked by an older tab that does not end its transaction',
    ...EARLIER,
    given: (cell) =>
      olderTab(
        cell,
        holding(
          "indexedDB.open('evershelf-catalogue')",
          'onsuccess',
          "opening.result.transaction('entries', 'readwrite')",
        ),
      ),
    answers: WELL,
    holds: persists(false),
    heals: closeOlderTab,
    recovers: 'on the next page',
    healed: persists(true),
  },
  {
    fault: 'locked by an older tab that is making a newer database',
    ...EARLIER,
    given: (cell) =>
      olderTab(
        cell,
        holding("indexedDB.open('evershelf-catalogue', 2)", 'onupgradeneeded', 'opening.transaction'),
      ),
    answers: WELL,
    holds: persists(false),
    heals: closeOlderTab,
    recovers: 'on the next page',
    healed: persists(true),
  },
  {
    fault: 'private mode: a window that forgets all once it is closed',
    ...EARLIER,
    answers: WELL,
    async holds(cell) {
      const { context, page } = cell;
      expect(Object.keys(await storedOf(cell))).not.toEqual([]);
      const other = await context.browser()!.newContext();
      const blank = await other.newPage();
      await blank.goto(page.url().replace(/[^/]+$/, 'sdk/'));
      expect(await blank.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
      await other.close();
    },
    recovers: 'by itself',
  },
]);
