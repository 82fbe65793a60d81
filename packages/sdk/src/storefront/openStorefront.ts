import { checkConsent, checkStorefront } from './checkStorefront.ts';
import type { ConsentView } from './consent/ConsentView.ts';
import { lowerOf } from './consent/lowerOf.ts';
import { openOtherTabs } from './consent/otherTabs.ts';
import { pageConsent } from './consent/pageConsent.ts';
import type { Terms } from './consent/Terms.ts';
import { currentHost, openOnce, setHost } from './currentHost.ts';
import type { Drawer } from './debug/openDrawer.ts';
import { plainPlan } from './experiments/plainPlan.ts';
import { followAddress } from './followAddress.ts';
import { type HeldShelf, holdShelf } from './holdShelf.ts';
import type { Host } from './Host.ts';
import type { DrawnShelf } from './measure/DrawnShelf.ts';
import { openMeasure } from './measure/openMeasure.ts';
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

/** Milliseconds that the first shelf waits for the answer of the page's consent banner. */
const PATIENCE = 500;

async function open(options: StorefrontOptions): Promise<Storefront> {
  checkStorefront(options);
  const { consent = 'auto', dataLayer = 'dataLayer', placements = {}, messages = {} } = options;
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

  // They come beside the model, so that the first shelf knows what page it is on.
  const readerChunk = options.read === false ? undefined : import('./page/openPageReader.ts');
  readerChunk?.catch(() => {});
  const experimentsChunk = options.experiments && import('./experiments/openExperiments.ts');
  experimentsChunk?.catch(() => {});

  let held: HeldShelf | undefined;
  const agreed = pageConsent(consent, dataLayer, () => {
    if (agreed.settled())
      void change(agreed.terms()).catch((error: Error) =>
        console.warn(`evershelf: less is kept than may be: ${error.message}`),
      );
  });
  /** Takes up other terms; what the shopper takes back is taken back in all tabs. */
  const change = async (terms: Terms): Promise<void> => {
    if (held === undefined) return;
    const { consent } = terms;
    if (consent !== 'profile' && lowerOf(consent, held.kept()) !== held.kept()) tabs.tell(consent);
    await held.change(terms);
  };
  const tabs = openOtherTabs((said) => {
    if (said === 'forget') {
      agreed.say('none');
      void held?.forget();
    } else if (held !== undefined && lowerOf(said, held.kept()) !== held.kept())
      void held.change({ ...agreed.terms(), consent: said });
  });

  let stopListening = (): void => {};
  let reader: PageReader | undefined;
  await agreed.answered(PATIENCE);
  const first = agreed.settled() ? agreed.terms() : undefined;
  const shelves = await holdShelf(options, first, () => {
    stopListening();
    stopListening = shelves.shelf().on('improved', () => tell('improved'));
    reader?.keep(shelves.kept());
    tell('consent');
  }).catch((error: unknown) => {
    agreed.close();
    tabs.close();
    throw error;
  });
  held = shelves;
  stopListening = shelves.shelf().on('improved', () => tell('improved'));

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
      return shelves.shelf();
    },
    track: (events) => shelves.track(measure.attributed([events].flat())),
    page: () => ({ ...reader?.state(), ...said }),
    setPage(state) {
      said = state;
      tell('page');
    },
    consent: shelves.kept,
    async setConsent(next) {
      checkConsent(next);
      agreed.say(next);
      await change(agreed.terms());
    },
    shelves: () => [...drawn.values()],
    async forget() {
      agreed.say('none');
      tabs.tell('forget');
      await shelves.forget();
    },
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
      experiments?.close();
      drawer?.remove();
      agreed.close();
      tabs.close();
      shelves.close();
      if (currentHost() === host) setHost(undefined);
    },
  };
  const view: ConsentView = { consent: shop.consent, on: shop.on, pending: shelves.pending };
  const measure = openMeasure({ ...view, page: shop.page, show: shelves.show }, options);
  const experiments = await experimentsChunk?.then(
    ({ openExperiments }) => openExperiments(options.experiments)(view),
    (error: Error) => console.warn(`evershelf: experiments are left out: ${error.message}`),
  );
  const host: Host = {
    shop,
    placement: (name) => placements[name] ?? {},
    messages,
    seen: measure.seen,
    plan: experiments?.plan ?? plainPlan,
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
        dataLayer,
        consent: shelves.pending() ? undefined : shelves.kept(),
        id: options.id,
        knows: (id) => shelves.shelf().item(id) !== undefined,
        tracked: shop.track,
        changed: () => tell('page'),
      });
    },
    (error: Error) => console.warn(`evershelf: the page is not read: ${error.message}`),
  );
  setHost(host);
  // Signals may have come while the model did.
  if (agreed.settled()) void change(agreed.terms());
  if (new URLSearchParams(location.search).has('evershelf-debug'))
    import('./debug/openDrawer.ts').then(
      ({ openDrawer }) => (drawer = openDrawer(shop)),
      (error: Error) => console.warn(`evershelf: the debug drawer cannot be loaded: ${error.message}`),
    );
  return shop;
}
