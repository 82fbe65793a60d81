import type { DeviceStore } from '../device/DeviceStore.ts';
import { isCount, isCounts, isPages } from './checkAnswers.ts';
import { inTurn } from './inTurn.ts';
import { makeRoom } from './makeRoom.ts';

/** Where a stored shop stands. */
interface Position {
  readonly revision: number;
  readonly pages: number;
  /** The revision of each page as it was stored, 0 where it held no items. */
  readonly revisions: readonly number[];
}

/** The pages of a shop on the device. */
export interface PageStore {
  /** Undefined where there is none: what older versions stored is none, and is learnt anew. */
  position(): Promise<Position | undefined>;
  keepPosition(position: Position): Promise<unknown>;
  /** What was kept of some pages; undefined for each that is not there. */
  read(pages: readonly number[]): Promise<readonly unknown[]>;
  /** Stores one of so many pages, and makes room for it where there is none. */
  keep(page: number, kept: unknown, pages: number): Promise<void>;
  /** Leaves none of so many pages on the device. */
  forget(pages: number): Promise<unknown>;
  /** Does something about a page while no other tab of this device does. */
  alone<T>(page: number, work: () => Promise<T>): Promise<T>;
}

/** How often room is made on a device that is full: what is small then stays small. */
const MOST_ROOMS = 3;

/**
 * @param base URL of the metadata service in front of `/v1/`
 * @param used departments that the shopper saw, the latest first: what the device has of the others goes first where it is full
 */
export function pageStore(base: string, store: DeviceStore, used: () => readonly string[]): PageStore {
  const key = (name: string | number): string => `${base} ${name}`;
  const place = key('position');
  const keysOf = (pages: number): string[] => Array.from({ length: pages }, (_, page) => key(page));
  /** How often room may still be made on the device in this visit. */
  let rooms = MOST_ROOMS;

  return {
    async position() {
      const [position] = await store.read([place]);
      return isPosition(position) ? position : undefined;
    },
    keepPosition: (position) => store.write([[place, position]]),
    read: (pages) => store.read(pages.map(key)),
    async keep(page, kept, pages) {
      const write = (): Promise<boolean> => store.write([[key(page), kept]]);
      if ((await write()) || rooms === 0) return;
      rooms--;
      await makeRoom(store, keysOf(pages), used());
      await write();
    },
    forget: (pages) => store.write([place, ...keysOf(pages)].map((name) => [name, undefined])),
    alone: (page, work) => (store.persistent() ? inTurn(`evershelf ${key(page)}`, work) : work()),
  };
}

function isPosition(value: unknown): value is Position {
  const { revision, pages, revisions } = (value ?? {}) as Partial<Position>;
  return isCount(revision) && isPages(pages) && isCounts(revisions) && revisions.length === pages;
}
