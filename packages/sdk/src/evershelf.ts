import { type Intent, INTENTS, type Item } from '@evershelf/model';
import { answersOf } from './answers.ts';
import { checkOpening, checkTracked } from './checkOptions.ts';
import { openStores } from './device/openStores.ts';
import { chooseEngine } from './engines/chooseEngine.ts';
import { eventSender } from './metadata/eventSender.ts';
import { openNetwork } from './metadata/network.ts';
import { pageSync } from './metadata/pageSync.ts';
import { pairSync } from './metadata/pairSync.ts';
import { refreshLoop } from './metadata/refreshLoop.ts';
import { learning as learningOf } from './model/learning.ts';
import { loadModel } from './model/loadModel.ts';
import { countsAsHad } from './profile/countsAsHad.ts';
import { itemsBefore } from './profile/itemsBefore.ts';
import { NO_PROFILE, type PastEvent, readProfile, withEvents } from './profile/Profile.ts';
import { shopOf } from './shop/shop.ts';
import { throttle } from './throttle.ts';
import type { Shelf, ShelfEvent, ShelfOptions, ShelfStatus, TrackedEvent } from './types.ts';

/** Milliseconds between two `improved` events. */
const IMPROVED_PAUSE = 250;
const REFRESH = 15_000;
const PROFILE = 'profile';

/**
 * Opens a shelf: loads what the shop holds and what the device has stored. What the model learned and what is new in the shop
 * come in the background.
 *
 * @throws {TypeError} where an option is out of its range
 * @throws {ArtifactError} where the model cannot be used
 * @throws {NetworkError} where the model is neither on the device nor to be had
 */
export async function evershelf(options: ShelfOptions): Promise<Shelf> {
  checkOpening(options);
  const { consent = 'cache', engine = 'auto', refresh = REFRESH, now = Date.now } = options;
  const ended = new AbortController();
  const signal =
    options.signal === undefined ? ended.signal : AbortSignal.any([options.signal, ended.signal]);
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
  const background = (work: Promise<unknown>): void => {
    work.catch((error: Error) => {
      if (!signal.aborted) lastError = error.message;
    });
  };

  const stores = openStores(consent);
  const network = openNetwork(options.fetch ?? globalThis.fetch.bind(globalThis), () => {
    tell('network');
    improved();
  });
  signal.addEventListener('abort', network.close, { once: true });
  const folder = absolute(options.model).replace(/\/*$/, '/');
  const model = await loadModel(folder, stores.catalogue, network, signal).catch((error: unknown) => {
    ended.abort();
    throw error;
  });
  const { listing } = model;
  const { manifest } = listing;
  const shop = shopOf(listing);

  const kv = options.kv ? absolute(options.kv).replace(/\/+$/, '') : undefined;
  const sync = kv === undefined ? undefined : pageSync(kv, network, stores.catalogue, shop, improved);
  const readsPairs = (intent: Intent): boolean => manifest.heads[intent].pairs !== 0;
  const pairs =
    kv !== undefined && sync !== undefined && INTENTS.some(readsPairs)
      ? // Which pages of pairs the device has tells what the shopper looked at: they are kept with the profile, or not at all.
        pairSync(kv, network, stores.profile, sync, now, improved)
      : undefined;
  const [restoredPages, [storedProfile]] = await Promise.all([
    sync?.restore() ?? 0,
    stores.profile.read([PROFILE]),
  ]);
  signal.throwIfAborted();
  let profile = readProfile(storedProfile);
  let tracks = 0;
  const send =
    options.events === true && kv !== undefined ? eventSender(`${kv}/v1/events`, network) : undefined;

  const learning = learningOf(model.readLearned, (learned) => {
    if (signal.aborted) return;
    shop.learn(learned);
    improved();
  });
  const chosen = chooseEngine({
    wish: engine,
    measures: learning.complete,
    model: manifest.id,
    store: stores.catalogue,
    openGpu: async () => (await import('./engines/webgpu/webgpuEngine.ts')).webgpuEngine(),
    changed: () => tell('engine'),
  });

  const loop =
    sync === undefined
      ? undefined
      : refreshLoop(sync.refresh, refresh, (error) => (lastError = error?.message));
  background(model.revalidate());

  const answers = answersOf({
    listing,
    shop,
    complete: learning.complete,
    soon: () => (model.fromDevice && !learning.complete() ? learning.attempt() : undefined),
    chosen,
    network,
    sync,
    pairs,
    profile: () => profile,
    now,
    background,
    signal,
  });

  function track(tracked: TrackedEvent | readonly TrackedEvent[]): void {
    signal.throwIfAborted();
    const time = now();
    const list = Array.isArray(tracked) ? (tracked as readonly TrackedEvent[]) : [tracked as TrackedEvent];
    const events: PastEvent[] = list.map((event) => ({ ...checkTracked(event), time }));
    if (events.length === 0) return;
    send?.add(list, itemsBefore(profile, events), time / 1000);
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
    const adapter = chosen.adapter();
    const { items, confirmed, byRung } = shop.tally();
    const offline = network.offline();
    return {
      engines: {
        one: {
          name: chosen.name('one'),
          reason: chosen.reason('one'),
          milliseconds: chosen.milliseconds('one'),
        },
        many: {
          name: chosen.name('many'),
          reason: chosen.reason('many'),
          milliseconds: chosen.milliseconds('many'),
        },
      },
      ...(adapter === undefined ? {} : { adapter }),
      model: manifest.id,
      complete: learning.complete(),
      items,
      byFreshness: {
        fresh: offline ? 0 : confirmed,
        stale: offline ? 0 : items - confirmed,
        offline: offline ? items : 0,
      },
      byRung,
      revision: sync?.revision() ?? 0,
      offline,
      network: network.used(),
      cache: { model: model.fromDevice, pages: restoredPages, persistent: stores.catalogue.persistent() },
      profile: { events: profile.events.length, items: Object.keys(profile.had).length },
      ...(problem === undefined ? {} : { lastError: problem }),
    };
  }

  const close = (): void => {
    if (ended.signal.aborted) return;
    ended.abort(new DOMException('the shelf is closed', 'AbortError'));
    learning.stop();
    loop?.stop();
    improved.stop();
    send?.close();
    chosen.close();
  };
  options.signal?.addEventListener('abort', close, { once: true });

  return {
    track,
    async recommend(asked = {}) {
      const [only] = await answers.recommendAll([asked]);
      return only!;
    },
    recommendAll: answers.recommendAll,
    explain: answers.explain,
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
      if (off) return;
      learning.retry();
      loop?.run();
    },
    async forget() {
      profile = NO_PROFILE;
      tracks++;
      await Promise.all([stores.catalogue.wipe(), stores.profile.wipe()]);
    },
    close,
  };
}

/** An address of the page as an absolute one. */
function absolute(address: string): string {
  return new URL(address, globalThis.document?.baseURI).href;
}
