import { currentHost, openOnce, setHost } from './currentHost.ts';
import type { Drawer } from './debug/openDrawer.ts';
import { checkExperiments } from './experiments/checkExperiments.ts';
import { openBucket } from './experiments/openBucket.ts';
import { planOf } from './experiments/planOf.ts';
import type { DrawnShelf } from './measure/DrawnShelf.ts';
import { openMeasure } from './measure/openMeasure.ts';
import { followAddress } from './followAddress.ts';
import { holdShelf, type Terms } from './holdShelf.ts';
import type { Host } from './Host.ts';
import type { PageReader } from './page/PageReader.ts';
import type { PageState, Storefront, StorefrontEvent, StorefrontOptions } from './Storefront.ts';

/**
 * Opens the storefront of this page: its recommender, and all that fills the page's shelves and watches them. A page has one: where
 * one is open already, that one is given.
 *
 * @throws {TypeError} where an option is out of its range
 * @throws {ArtifactError} where the model cannot be used
 * @throws {NetworkError} where the model is neither on the device nor to be had
 */
export function openStorefront(options: StorefrontOptions): Promise<Storefront> {
  return openOnce(options, open);
}

async function open(options: StorefrontOptions): Promise<Storefront> {
  const { consent = 'auto', placements = {}, messages = {} } = options;
  const experiments = checkExperiments(options.experiments ?? []);
  const listeners: Record<StorefrontEvent, Set<() => void>> = {
    page: new Set(),
    consent: new Set(),
    improved: new Set(),
    shelves: new Set(),
  };
  let closed = false;
  // Shelves hold their room from now on, whenever the model comes.
  import('./element/defineShelf.ts').then(
    ({ defineShelf }) => defineShelf(),
    (error: Error) => console.warn(`evershelf: shelves cannot be drawn: ${error.message}`),
  );
  const tell = (event: StorefrontEvent): void => {
    if (!closed) for (const listener of [...listeners[event]]) listener();
  };

  // Comes beside the model, so that the first shelf knows what page it is on.
  const readerChunk = options.read === false ? undefined : import('./page/openPageReader.ts');
  readerChunk?.catch(() => {});

  const terms: Terms = { consent: consent === 'auto' ? 'cache' : consent, events: true };
  let stopListening = (): void => {};
  let reader: PageReader | undefined;
  const held = await holdShelf(options, terms, () => {
    stopListening();
    stopListening = held.shelf().on('improved', () => tell('improved'));
    reader?.keep(held.kept());
    tell('consent');
  });
  stopListening = held.shelf().on('improved', () => tell('improved'));

  let said: PageState = {};
  const stopFollowing = followAddress(() => {
    said = {};
    reader?.moved();
    tell('page');
  });
  const drawn = new Map<Element, DrawnShelf>();
  let drawer: Drawer | undefined;
  const shop: Storefront = {
    get shelf() {
      return held.shelf();
    },
    track: (events) => held.track(measure.attributed([events].flat())),
    page: () => ({ ...reader?.state(), ...said }),
    setPage(state) {
      said = state;
      tell('page');
    },
    consent: held.kept,
    setConsent: (next) => held.change({ consent: next, events: true }),
    shelves: () => [...drawn.values()],
    forget: held.forget,
    on(event, listener) {
      listeners[event].add(listener);
      return () => void listeners[event].delete(listener);
    },
    close() {
      if (closed) return;
      closed = true;
      stopFollowing();
      reader?.close();
      stopListening();
      measure.close();
      buckets.close();
      drawer?.remove();
      held.close();
      if (currentHost() === host) setHost(undefined);
    },
  };
  const measure = openMeasure(shop, options);
  const buckets = openBucket(shop);
  const host: Host = {
    shop,
    placement: (name) => placements[name] ?? {},
    messages,
    seen: measure.seen,
    plan: (question) => planOf(question, experiments, buckets.bucket()),
    drawn(shelf) {
      drawn.set(shelf.element, shelf);
      measure.drawn(shelf);
      tell('shelves');
    },
    gone(element) {
      measure.gone(element);
      if (drawn.delete(element)) tell('shelves');
    },
  };
  await readerChunk?.then(
    ({ openPageReader }) => {
      reader = openPageReader({
        dataLayer: options.dataLayer ?? 'dataLayer',
        consent: held.kept(),
        id: options.id,
        knows: (id) => held.shelf().item(id) !== undefined,
        tracked: shop.track,
        changed: () => tell('page'),
      });
    },
    (error: Error) => console.warn(`evershelf: the page is not read: ${error.message}`),
  );
  setHost(host);
  if (new URLSearchParams(location.search).has('evershelf-debug'))
    import('./debug/openDrawer.ts').then(
      ({ openDrawer }) => (drawer = openDrawer(shop)),
      (error: Error) => console.warn(`evershelf: the debug drawer cannot be loaded: ${error.message}`),
    );
  return shop;
}
