import { type Intent, INTENTS, type Manifest, type Pairs } from '@evershelf/model';
import type { DeviceStore } from '../device/DeviceStore.ts';
import type { Shop } from '../shop/shop.ts';
import { itemsBefore } from '../profile/itemsBefore.ts';
import type { PastEvent, Profile } from '../profile/Profile.ts';
import type { ShelfOptions, TrackedEvent } from '../types.ts';
import { eventSender } from './eventSender.ts';
import { type KeptCurrent, keepCurrent } from './keepCurrent.ts';
import { liveSync } from './liveSync.ts';
import type { Network } from './network.ts';
import { type PageSync, pageSync } from './pageSync.ts';
import { pairSync } from './pairSync.ts';
import { prefetchOn } from './prefetchOn.ts';
import { openService } from './service.ts';
import { type ShopPages, shopPages } from './shopPages.ts';
import { visits } from './visits.ts';
import { weighedPairs } from './weighedPairs.ts';

/** What a shelf has of a metadata service: a chunk of its own, for pages that have one. */
export interface Metadata
  extends Pick<PageSync, 'restore' | 'revision'>, Pick<ShopPages, 'confirmed' | 'tally'> {
  /** What item i of the shop was lately taken with; absent where no head of the model reads it. */
  readonly pairs: ((i: number) => Pairs) | undefined;
  /**
   * Looks for news of items that the shop does not know, and for the pairs of a history, as far as an intent reads them. What is looked
   * for settles when it has ended, well or not.
   */
  lookUp(intent: Intent, unknown: readonly string[], historyOf: () => readonly string[]): Promise<void>[];
  /** Sends what the shopper does, where it may leave the device; `events` say the same as a profile has it. */
  send(tracked: readonly TrackedEvent[], before: Profile, events: readonly PastEvent[]): void;
  /** Looks up what a product page wants to know of an item, when a card of it nears the viewport, or is pointed at. */
  prefetchOn(element: Element, id: string): void;
  /** Follows the service from now on, beginning with a look at it, or no more. */
  follow(follows: boolean): void;
  /** Forgets the name of the visit, on the device too. */
  forget(): void;
  close(): void;
}

/** Milliseconds that cards gather before what they want is asked for. */
const GATHERING = 50;

export interface MetadataOptions extends Pick<ShelfOptions, 'consent' | 'events' | 'fetch' | 'refresh'> {
  /** URL of the service in front of `/v1/`. */
  readonly base: string;
  readonly network: Network;
  readonly stores: { readonly catalogue: DeviceStore; readonly profile: DeviceStore };
  readonly shop: Shop;
  readonly manifest: Manifest;
  /** Whether what an earlier visit stored is left, whatever the consent. */
  readonly spares?: boolean | undefined;
  /** Unix milliseconds. */
  now(): number;
  /** Takes work that nobody waits for. */
  background(work: Promise<unknown>): void;
  /** Called after each look at the service, with the error if there was one. */
  looked(error?: Error): void;
  /** Called where asking again may give a better shelf. */
  improved(): void;
}

export function openMetadata(options: MetadataOptions): Metadata {
  const {
    base,
    network,
    stores,
    shop,
    manifest,
    consent,
    spares,
    events: sends,
    now,
    background,
    improved,
  } = options;
  const visit = visits(consent === 'profile', spares);
  const may = typeof sends === 'function' ? sends : () => true;
  const sender = sends ? eventSender(`${base}/v1/events`, network, visit.at, may) : undefined;
  const pages = shopPages(shop);
  /** The history that a shelf was last asked with. */
  let latest: () => readonly string[] = () => [];
  const used = (): string[] =>
    latest().flatMap((id) => {
      const i = shop.find(id);
      return (i === undefined ? undefined : shop.item(i).category?.[0]) ?? [];
    });
  const service = openService(base, network);
  const sync = pageSync(base, service, network, stores.catalogue, pages, used, improved);
  const live = liveSync(base, service, stores.catalogue, sync, pages, now, improved);
  const readsPairs = (intent: Intent): boolean => manifest.heads[intent].pairs !== 0;
  // Which pages of pairs the device has tells what the shopper looked at: they are kept with the profile, or not at all.
  const pairs = INTENTS.some(readsPairs)
    ? pairSync(base, service, network, stores.profile, sync, now, improved)
    : undefined;
  const closed = new AbortController();
  const cards = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const prefetch = (id: string): void => {
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    if (connection?.saveData === true || network.offline()) return;
    cards.add(id);
    // A shelf of cards is looked up together, a few pages at a time.
    timer ??= setTimeout(() => {
      timer = undefined;
      const ids = [...cards];
      cards.clear();
      const unknown = ids.filter((each) => shop.find(each) === undefined);
      if (unknown.length > 0) background(sync.lookUp(unknown));
      if (pairs !== undefined) background(pairs.lookUp(ids));
    }, GATHERING);
  };
  let following: KeptCurrent | undefined;
  return {
    async restore() {
      const restored = await sync.restore();
      await live.restore();
      return restored;
    },
    ...{ revision: sync.revision, confirmed: pages.confirmed, tally: pages.tally },
    pairs: pairs && ((i) => weighedPairs(shop, i, pairs.of(shop.item(i).id))),
    lookUp(intent, unknown, historyOf) {
      latest = historyOf;
      const lookUps: Promise<void>[] = [];
      if (unknown.length > 0 && !network.offline()) lookUps.push(sync.lookUp(unknown));
      if (pairs !== undefined && readsPairs(intent)) {
        const history = historyOf();
        const known = pairs.lookUp(history);
        lookUps.push(known);
        background(known.then(() => pairs.refresh(history)));
      }
      lookUps.forEach(background);
      return lookUps.map((each) => each.catch(() => {}));
    },
    send(tracked, before, events) {
      if (events.length > 0) sender?.add(tracked, itemsBefore(before, events), events[0]!.time / 1000);
    },
    prefetchOn: (element, id) => prefetchOn(element, () => prefetch(id), closed.signal),
    follow(follows) {
      following?.stop();
      service.forgive();
      following = follows ? keepCurrent(options, service, sync, live) : undefined;
    },
    forget: visit.forget,
    close() {
      closed.abort();
      clearTimeout(timer);
      following?.stop();
      sender?.close();
    },
  };
}
