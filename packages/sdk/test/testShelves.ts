import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { evershelf, type Shelf, type ShelfOptions } from '../src/index.ts';
import { openTestShop, type TestShop } from './testShop.ts';

/** A test shop for each test of a file, and shelves on it, on a device of their own; all are closed after the test. */
export interface TestShelves {
  readonly shop: TestShop;
  /** A shelf that has all of its model. */
  open(options?: Partial<ShelfOptions>): Promise<Shelf>;
  /** A shelf as `evershelf` gives it. */
  openEarly(options?: Partial<ShelfOptions>): Promise<Shelf>;
}

export function testShelves(): TestShelves {
  let shop: TestShop;
  let shelves: Shelf[] = [];
  beforeEach(async () => {
    shop = await openTestShop();
  });
  afterEach(async () => {
    for (const shelf of shelves) shelf.close();
    shelves = [];
    await shop.close();
    globalThis.indexedDB = new IDBFactory();
  });
  return {
    get shop() {
      return shop;
    },
    async open(options) {
      const shelf = await this.openEarly(options);
      await completed(shelf);
      return shelf;
    },
    async openEarly(options = {}) {
      const shelf = await evershelf({
        model: shop.model,
        kv: shop.kv,
        engine: 'cpu',
        refresh: 20,
        ...options,
      });
      shelves.push(shelf);
      return shelf;
    },
  };
}

/** Settles when a shelf has all of its model. */
export const completed = (shelf: Shelf): Promise<void> =>
  vi.waitFor(() => expect(shelf.status().complete).toBe(true), { timeout: 5000 });

/** Settles when a shelf knows every item as the service has it. */
export const learnt = (shelf: Shelf): Promise<void> =>
  vi.waitFor(() => expect(shelf.status().byFreshness.fresh).toBe(shelf.status().items), { timeout: 5000 });

export const ids = ({ items }: Awaited<ReturnType<Shelf['recommend']>>): string[] =>
  items.map(({ item }) => item.id);
