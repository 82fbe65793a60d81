import { isInterest, type Item } from '@evershelf/model';
import { answersOf } from './answers.ts';
import { checkOpening, checkTracked } from './checkOptions.ts';
import { openStores } from './device/openStores.ts';
import { NetworkError, openNetwork } from './metadata/network.ts';
import { learning as learningOf } from './model/learning.ts';
import { loadListing } from './model/loadListing.ts';
import { modelFiles } from './model/modelFiles.ts';
import { countsAsHad } from './profile/countsAsHad.ts';
import { NO_PROFILE, type PastEvent, readProfile, withEvents } from './profile/Profile.ts';
import { listingScoring } from './scoring/listingScoring.ts';
import { shopOf } from './shop/shop.ts';
import { throttle } from './throttle.ts';
import type { Shelf, ShelfEvent, ShelfOptions, ShelfStatus, TrackedEvent } from './types.ts';

/** Milliseconds between two `improved` events. */
const IMPROVED_PAUSE = 250;
const PROFILE = 'profile';

/**
 * Opens a shelf: loads what the shop holds and what the device has stored. What the model learned and what is new in the shop
 * come in the background.
 *
 * @param spares true to leave what an earlier visit stored, where `consent` does not allow it: the shopper is about to answer
 * @throws {TypeError} where an option is out of its range
 * @throws {ArtifactError} where the model cannot be used
 * @throws {NetworkError} where the model is neither on the device nor to be had
 */
export async function evershelf(options: ShelfOptions, spares?: boolean): Promise<Shelf> {
  checkOpening(options);
  const { consent = 'cache', engine = 'auto', now: clock = Date.now } = options;
  /** What is no time would make all ages none, those that the device keeps too. */
  const now = (): number => {
    const time = clock();
    return Number.isFinite(time) ? time : 0;
  };
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, options.signal ?? ended.signal]);
  signal.throwIfAborted();

  const listeners: Record<ShelfEvent, Set<() => void>> = {
    improved: new Set(),
    engine: new Set(),
    network: new Set(),
  };
  const tell = (event: ShelfEvent): void => {
    if (!signal.aborted) for (const listener of listeners[event]) listener();
  };
  const improved = throttle(() => tell('improved'), IMPROVED_PAUSE);
  let lastError: string | undefined;
  const looked = (error?: Error): undefined => {
    if (!signal.aborted) lastError = error?.message;
  };
  const background = (work: Promise<unknown>): void => void work.catch(looked);

  const stores = openStores(consent, spares);
  const network = openNetwork(
    options.fetch ?? globalThis.fetch.bind(globalThis),
    () => {
      tell('network');
      improved();
    },
    signal,
  );
  const kv = options.kv ? absolute(options.kv) : undefined;
  // Comes beside the listing. Where it does not, the shelf goes on without the service.
  const metadataChunk = kv === undefined ? undefined : import('./metadata/openMetadata.ts');
  metadataChunk?.catch(() => {});
  const files = modelFiles(absolute(options.model) + '/', stores.catalogue, network, signal);
  const loaded = await loadListing(files).catch((error: unknown) => {
    ended.abort();
    throw error;
  });
  signal.throwIfAborted();
  const { listing } = loaded;
  const { manifest } = listing;
  const shop = shopOf(listing);

  const metadata = await metadataChunk
    ?.then(({ openMetadata }) =>
      openMetadata({
        ...options,
        ...{ base: kv!, spares, network, stores, shop, manifest, now, improved, background, looked },
      }),
    )
    .catch(looked);
  const [restoredPages, [storedProfile]] = await Promise.all([
    metadata?.restore() ?? 0,
    stores.profile.read([PROFILE]),
  ]);
  if (signal.aborted) metadata?.close();
  signal.throwIfAborted();
  let profile = readProfile(storedProfile);
  let tracks = 0;

  let scoring = listingScoring(manifest);
  const learning = learningOf(async () => {
    const rest = await import('./rest.ts').catch((error: Error) => {
      throw new NetworkError(error.message);
    });
    // Reading the larger part holds the page up: a shelf that it asks for at once, and does not wait for this, comes first.
    if (loaded.fromDevice && profile.events.length === 0) await rest.drawn();
    const { rows, ...learned } = await rest.loadLearned(files, loaded);
    if (signal.aborted) return;
    shop.learn(rows, rest.placer({ ...listing, ...learned }, shop.find), rest.movedRows);
    scoring = rest.modelScoring(manifest, learned, options.tf, {
      wish: engine,
      store: stores.catalogue,
      openWorker: rest.openWorkerEngine,
      openGpu: () => rest.openWebgpu(options.tf),
      changed: () => tell('engine'),
    });
    improved();
    if (loaded.fromDevice) background(rest.keepNewer(files, manifest));
  });

  metadata?.follow(true);

  const answers = answersOf({
    listing,
    shop,
    scoring: () => scoring,
    soon: () => (loaded.fromDevice && !scoring.complete ? learning.attempt() : undefined),
    network,
    metadata,
    profile: () => profile,
    now,
    signal,
  });

  function track(tracked: TrackedEvent | readonly TrackedEvent[]): void {
    signal.throwIfAborted();
    const time = now();
    const list = [tracked].flat() as readonly TrackedEvent[];
    const all: PastEvent[] = list.map((event) => ({ ...checkTracked(event), time }));
    metadata?.send(list, profile, all);
    const events = all.filter(({ kind }) => isInterest(kind));
    if (events.length === 0) return;
    const add = (before: typeof profile): typeof profile =>
      withEvents(before, events, countsAsHad(manifest), manifest.frequencyHalfLife);
    profile = add(profile);
    const mine = ++tracks;
    // Another tab may have written since: what the device then holds is the history of both.
    void stores.profile
      .update(PROFILE, (there) => add(readProfile(there)))
      .then((merged) => {
        if (merged !== undefined && mine === tracks) profile = merged;
      });
  }

  function status(): ShelfStatus {
    const problem = learning.problem() ?? lastError;
    const { items, byRung } = shop.tally();
    const offline = network.offline();
    const gone = offline ? items : 0;
    const fresh = offline ? 0 : (metadata?.tally() ?? 0);
    return {
      ...scoring.status(),
      model: manifest.id,
      complete: scoring.complete,
      items,
      byFreshness: { fresh, stale: items - gone - fresh, offline: gone },
      byRung,
      revision: metadata?.revision() ?? 0,
      offline,
      network: network.used(),
      cache: { model: loaded.fromDevice, pages: restoredPages, persistent: stores.catalogue.persistent() },
      profile: { events: profile.events.length, items: Object.keys(profile.had).length },
      ...(problem && { lastError: problem }),
    };
  }

  const close = (): void => {
    if (ended.signal.aborted) return;
    ended.abort(new DOMException('the shelf is closed', 'AbortError'));
    learning.stop();
    improved.stop();
    metadata?.close();
    scoring.close();
  };
  options.signal?.addEventListener('abort', close, { signal: ended.signal });

  return {
    track,
    async recommend(asked = {}) {
      const [only] = await answers.recommendAll([asked]);
      return only!;
    },
    ...answers,
    prefetchOn: (element, id) => metadata?.prefetchOn(element, id),
    on(event, listener) {
      listeners[event].add(listener);
      return () => void listeners[event].delete(listener);
    },
    status,
    item(id) {
      const i = shop.find(id);
      return i === undefined ? undefined : shop.item(i);
    },
    items() {
      const all: Item[] = [];
      for (let i = 0; i < shop.count(); i++) if (shop.listed(i)) all.push(shop.item(i));
      return all;
    },
    offline(off) {
      network.switchOff(off);
      metadata?.follow(!off);
      if (!off) learning.retry();
    },
    async forget(left) {
      profile = NO_PROFILE;
      tracks++;
      metadata?.forget();
      await Promise.all([left === 'cache' || stores.catalogue.wipe(), stores.profile.wipe()]);
    },
    close,
  };
}

/** An address of the page as an absolute one, without slashes at its end. */
function absolute(address: string): string {
  return new URL(address, globalThis.document?.baseURI).href.replace(/\/*$/, '');
}
