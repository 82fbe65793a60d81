import type { Placed } from '@evershelf/model';
import { attempt } from '../../attempt.ts';

/** What a visit remembers of shelves. */
export interface VisitMemory {
  /** How often each item was seen in this visit since it was opened last, by id, as of now. */
  seen(): ReadonlyMap<string, number>;
  /** The card by which an item was used last; undefined where none was. */
  usedBy(item: string): Placed | undefined;
  see(item: string): void;
  use(item: string, placed: Placed): void;
  /** Keeps it for the next page of the visit, where it may be kept. */
  save(): void;
  /** Takes up what may be kept, and deletes what may not; `forgets` drops what this page knows too. */
  settle(forgets: boolean): void;
}

/** In the tab's own storage, which goes with the tab. */
const KEY = 'evershelf-shelves';
/** Seconds without anything after which a visit has ended, as events are told apart by. */
const PAUSE = 1800;
/** Items that are remembered of either kind, the latest. */
const MOST_SEEN = 500;
const MOST_USED = 100;

interface Stored {
  readonly time: number;
  readonly seen: readonly (readonly [string, number])[];
  readonly used: readonly (readonly [string, Placed])[];
}

/**
 * @param keeps whether it may be kept in the tab's `sessionStorage`, from page to page; else it ends with the page. Undefined while the
 * shopper's answer is on its way
 * @param now Unix seconds
 */
export function visitMemory(keeps: () => boolean | undefined, now: () => number): VisitMemory {
  let seen = new Map<string, number>();
  let used = new Map<string, Placed>();
  let time = now();
  const forget = (): void => {
    seen = new Map();
    used = new Map();
  };
  /** What is older than the visit is not of it. */
  const touch = (): void => {
    if (now() - time >= PAUSE) forget();
    time = now();
  };
  const load = (): void => {
    const { time: last, ...stored } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Stored>;
    if (!(Math.abs(now() - Number(last)) < PAUSE)) return;
    const all = { seen: [...(stored.seen ?? []), ...seen], used: [...(stored.used ?? []), ...used] };
    forget();
    for (const [item, times] of all.seen) put(seen, item, times, MOST_SEEN);
    for (const [item, placed] of all.used) put(used, item, placed, MOST_USED);
  };
  const save = (): void => {
    const stored: Stored = { time, seen: [...seen], used: [...used] };
    if (keeps()) attempt(() => sessionStorage.setItem(KEY, JSON.stringify(stored)));
  };
  const memory: VisitMemory = {
    seen() {
      touch();
      return new Map(seen);
    },
    usedBy(item) {
      touch();
      return used.get(item);
    },
    see(item) {
      touch();
      put(seen, item, (seen.get(item) ?? 0) + 1, MOST_SEEN);
    },
    use(item, placed) {
      touch();
      seen.delete(item);
      put(used, item, placed, MOST_USED);
    },
    save,
    settle(forgets) {
      if (forgets) forget();
      const may = keeps();
      if (may) attempt(load);
      else if (may === false) attempt(() => sessionStorage.removeItem(KEY));
      if (seen.size + used.size > 0) save();
    },
  };
  memory.settle(false);
  return memory;
}

/** Sets a value as the latest one, and forgets the oldest where there are too many. */
function put<T>(values: Map<string, T>, key: string, value: T, most: number): void {
  values.delete(key);
  values.set(key, value);
  if (values.size > most) values.delete(values.keys().next().value!);
}
