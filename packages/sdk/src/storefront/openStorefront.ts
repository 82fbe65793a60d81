import { checkConsent, checkStorefront } from './checkStorefront.ts';
import type { ConsentView } from './consent/ConsentView.ts';
import { lowerOf } from './consent/lowerOf.ts';
import { openOtherTabs } from './consent/otherTabs.ts';
import { pageConsent } from './consent/pageConsent.ts';
import type { Terms } from './consent/Terms.ts';
import { currentHost, openOnce, setHost } from './currentHost.ts';
import { plainPlan } from './experiments/plainPlan.ts';
import { followAddress } from './followAddress.ts';
import { handToPage } from './handToPage.ts';
import { type HeldShelf, holdShelf } from './holdShelf.ts';
import type { Host } from './Host.ts';
import type { DrawnShelf } from './measure/DrawnShelf.ts';
import { type Life, openLife } from './openLife.ts';
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
  options.signal?.throwIfAborted();
  const life = openLife(options.signal);
  try {
    return await openParts(options, life);
  } catch (error) {
    life.end();
    // What ended it says why.
    options.signal?.throwIfAborted();
    throw error;
  }
}

async function openParts(options: StorefrontOptions, life: Life): Promise<Storefront> {
  const { consent = 'auto', dataLayer = 'dataLayer', placements = {}, messages = {} } = options;
  const ending = new AbortController();
  const { signal } = ending;
  life.ends(() => ending.abort());
  const listeners: Record<StorefrontEvent, Set<() => void>> = {
    page: new Set(),
    consent: new Set(),
    improved: new Set(),
    shelves: new Set(),
  };
  const tell = (event: StorefrontEvent): void => {
    if (life.isOver()) return;
    for (const listener of [...listeners[event]])
      try {
        listener();
      } catch (error) {
        // What one of the page's listeners gets wrong does not stop the others.
        handToPage(error);
      }
  };
  const on: Storefront['on'] = (event, listener) => {
    listeners[event].add(listener);
    return () => void listeners[event].delete(listener);
  };

  // Shelves hold their room from now on, whenever the model comes.
  void without('shelves cannot be drawn', () =>
    import('./element/defineShelf.ts').then(({ defineShelf }) => defineShelf()),
  );
  // They come beside the model, so that the first shelf knows what page it is on.
  const chunks = Promise.all([
    options.measure === false
      ? undefined
      : without('shelves are not measured', () =>
          import('./measure/openMeasure.ts').then(({ openMeasure }) => openMeasure),
        ),
    options.experiments &&
      without('experiments are left out', () =>
        import('./experiments/openExperiments.ts').then(({ openExperiments }) => openExperiments),
      ),
    options.read === false
      ? undefined
      : without('the page is not read', () =>
          import('./page/openPageReader.ts').then(({ openPageReader }) => openPageReader),
        ),
  ]);

  let held: HeldShelf | undefined;
  /** Takes up other terms; what the shopper takes back is taken back in all tabs. */
  const change = async (terms: Terms): Promise<void> => {
    if (held === undefined) return;
    const { consent } = terms;
    if (consent !== 'profile' && lowerOf(consent, held.kept()) !== held.kept()) tabs.tell(consent);
    await held.change(terms);
  };
  /** What changes without the shop's own word, and goes wrong, is no error of its page. */
  const follow = (changing: Promise<void> | undefined): void =>
    void changing?.catch((error: Error) => {
      if (!life.isOver()) console.warn(`evershelf: less is kept than may be: ${error.message}`);
    });
  const agreed = pageConsent(consent, dataLayer, () => {
    if (agreed.settled()) follow(change(agreed.terms()));
  });
  life.ends(agreed.close);
  const tabs = openOtherTabs((said) => {
    if (said === 'forget') {
      agreed.say('none');
      follow(held?.forget());
    } else if (held !== undefined && lowerOf(said, held.kept()) !== held.kept())
      follow(held.change({ ...agreed.terms(), consent: said }));
  });
  life.ends(tabs.close);

  let stopListening = (): void => {};
  let reader: PageReader | undefined;
  await agreed.answered(PATIENCE);
  signal.throwIfAborted();
  const first = agreed.settled() ? agreed.terms() : undefined;
  const shelves = await holdShelf({ ...options, signal }, first, () => {
    stopListening();
    stopListening = shelves.shelf().on('improved', () => tell('improved'));
    reader?.keep(shelves.kept());
    tell('consent');
  });
  life.ends(shelves.close);
  held = shelves;
  stopListening = shelves.shelf().on('improved', () => tell('improved'));
  life.ends(() => stopListening());

  let said: PageState = {};
  const page = (): PageState => ({ ...reader?.state(), ...said });
  const [openMeasure, openExperiments, openPageReader] = await chunks;
  signal.throwIfAborted();
  const view: ConsentView = { consent: shelves.kept, on, pending: shelves.pending };
  const measure = openMeasure?.({ ...view, page, show: shelves.show }, options);
  if (measure !== undefined) life.ends(measure.close);
  const experiments = openExperiments?.(options.experiments, view);
  if (experiments !== undefined) life.ends(experiments.close);

  const drawn = new Map<Element, DrawnShelf>();
  const shop: Storefront = {
    get shelf() {
      return shelves.shelf();
    },
    track(events) {
      const all = [events].flat();
      shelves.track(measure?.attributed(all) ?? all);
    },
    page,
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
    on,
    close: life.end,
  };
  const host: Host = {
    shop,
    placement: (name) => placements[name] ?? {},
    messages,
    seen: () => measure?.seen() ?? new Map(),
    plan: experiments?.plan ?? plainPlan,
    drawn(shelf) {
      drawn.set(shelf.element, shelf);
      measure?.drawn(shelf);
      tell('shelves');
    },
    gone(element) {
      measure?.gone(element);
      if (drawn.delete(element)) tell('shelves');
    },
  };
  reader = openPageReader?.({
    dataLayer,
    consent: shelves.pending() ? undefined : shelves.kept(),
    id: options.id,
    knows: (id) => shelves.shelf().item(id) !== undefined,
    tracked: shop.track,
    changed: () => tell('page'),
  });
  if (reader !== undefined) life.ends(reader.close);
  life.ends(
    followAddress(() => {
      said = {};
      reader?.moved();
      tell('page');
    }),
  );
  setHost(host);
  life.ends(() => {
    if (currentHost() === host) setHost(undefined);
  });
  // Signals may have come while the model did.
  if (agreed.settled()) follow(change(agreed.terms()));
  if (new URLSearchParams(location.search).has('evershelf-debug'))
    void without('the debug drawer cannot be loaded', () =>
      import('./debug/openDrawer.ts').then(({ openDrawer }) => {
        if (!life.isOver()) life.ends(openDrawer(shop).remove);
      }),
    );
  return shop;
}

/** A part of the storefront, or nothing where it is not to be had: the others go on without it. */
async function without<Part>(lack: string, load: () => Promise<Part>): Promise<Part | undefined> {
  try {
    return await load();
  } catch (error) {
    console.warn(`evershelf: ${lack}: ${(error as Error).message}`);
    return undefined;
  }
}
