import { unpackLive } from '@evershelf/model';
import type { DeviceStore } from '../device/DeviceStore.ts';
import { pacer } from '../engines/breathe.ts';
import { isCount } from './checkAnswers.ts';
import { inTurn } from './inTurn.ts';
import { NetworkError } from './network.ts';
import type { PageSync } from './pageSync.ts';
import type { Service } from './service.ts';
import type { ShopPages } from './shopPages.ts';

/** Keeps the live counters current: those of all items are one answer, asked for now and then. */
export interface LiveSync {
  /** Takes what an earlier visit stored, for the pages that it stored. */
  restore(): Promise<void>;
  /**
   * Asks for the counters, where the service has others and the last ones are some time old.
   *
   * @throws {NetworkError}
   */
  refresh(): Promise<void>;
}

/** Milliseconds between two looks, over all pages of a visit: half of what is counted is forgotten in a day at the earliest. */
const PAUSE = 5 * 60_000;

interface Stored {
  readonly revision: number;
  /** When it was asked for, in Unix milliseconds. */
  readonly time: number;
  readonly packed: Uint8Array<ArrayBuffer>;
}

/**
 * @param base URL of the metadata service in front of `/v1/`
 * @param now Unix milliseconds
 * @param improved called where an item is counted otherwise now
 */
export function liveSync(
  base: string,
  service: Pick<Service, 'getBytes'>,
  store: DeviceStore,
  sync: Pick<PageSync, 'held' | 'counted'>,
  shopPages: Pick<ShopPages, 'count'>,
  now: () => number,
  improved: () => void,
): LiveSync {
  const key = `${base} live`;
  let askedAt = -Infinity;
  let taken = 0;

  const take = async ({ revision, time, packed }: Stored): Promise<void> => {
    let changes = 0;
    const pace = pacer();
    let page = 0;
    for (const { revision: of, bytes } of unpackLive(packed, sync.counted().pages) ?? []) {
      await pace();
      if (sync.held(page) === of) changes += shopPages.count(page, bytes);
      page++;
    }
    taken = revision;
    askedAt = time;
    if (changes > 0) improved();
  };

  /** What the device has, from another tab or an earlier visit. */
  const stored = async (): Promise<Stored | undefined> => {
    const [there] = await store.read([key]);
    const { revision, time, packed } = (there ?? {}) as Partial<Stored>;
    return isCount(revision) && isCount(time) && packed instanceof Uint8Array
      ? { revision, time, packed }
      : undefined;
  };

  const fetched = async (revision: number): Promise<Stored> => {
    const packed = await service.getBytes(`live?r=${revision}`, (body) => {
      if (unpackLive(body, sync.counted().pages) !== undefined) return body;
      throw new NetworkError(`live: found ${body.length} bytes, wanted the live bytes of all pages`);
    });
    const fresh = { revision, time: Math.floor(now()), packed };
    await store.write([[key, fresh]]);
    return fresh;
  };

  return {
    async restore() {
      const there = await stored();
      if (there !== undefined && sync.counted().pages > 0) await take(there);
    },
    async refresh() {
      const wanted = sync.counted().revision;
      // A clock that was set back makes nobody wait.
      if (wanted <= taken || Math.abs(now() - askedAt) < PAUSE) return;
      askedAt = now();
      await take(
        await inTurn(`evershelf ${key}`, async () => {
          const there = store.persistent() ? await stored() : undefined;
          return there?.revision === wanted ? there : await fetched(wanted);
        }),
      );
    },
  };
}
