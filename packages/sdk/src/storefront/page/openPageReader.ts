import { knownAs, type Markup, placeOf, readMarkup } from '@evershelf/model/markup';
import type { PageState } from '../Storefront.ts';
import type { PageReader, PageReaderOptions } from './PageReader.ts';
import { readLayer } from './readLayer.ts';
import { productOf, stateOf } from './stateOf.ts';
import { tabMemory } from './tabMemory.ts';
import { watchDataLayer } from './watchDataLayer.ts';
import { watchGrowth } from './watchGrowth.ts';

/** Milliseconds that a data layer has to say of which product a page is, before its markup is taken for it. */
const PATIENCE = 1000;

/** Reads this page from now on; what its data layer already holds is told before this returns. */
export function openPageReader({
  dataLayer,
  consent,
  id,
  knows,
  tracked,
  changed,
}: PageReaderOptions): PageReader {
  let before: Markup['parts'] | undefined;
  let status = statusOf();
  const look = (): Markup => readMarkup(document, { address: location.href, id, before });
  let markup = look();
  const memory = tabMemory(consent);
  const layer = readLayer(memory, tracked, (found) => {
    const page = productOf({ layer: layer.page(), markup });
    if (!page?.ids.some((each) => found.ids.includes(each))) return knownAs(found, knows);
    // A variant of the page's product is described by it, but goes by ids of its own.
    const ids = page.item.id === found.item.id ? page.ids : found.ids;
    return knownAs({ ids, item: { ...absolute(page.item), ...found.item } }, knows);
  });

  const read = (): PageState => {
    const evidence = {
      layer: layer.page(),
      cart: layer.cart(),
      markup,
      place: placeOf(location.href, location.href)!,
      title: document.title,
      status,
    };
    const state = stateOf(evidence, knows);
    return state.product === undefined ? state : { ...state, product: absolute(state.product) };
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Takes the product of the markup for looked at, where the data layer has not told of one. */
  const settle = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const product = state.placement === 'product' ? productOf({ layer: layer.page(), markup }) : undefined;
    if (product === undefined || layer.hasSeen()) return;
    layer.seen(product);
    tracked([{ item: state.product!, kind: 'view' }]);
  };

  let state: PageState = {};
  /** Reads the page again; returns whether it is another one. */
  const reread = (): boolean => {
    const next = read();
    if (next.placement === 'product' && !layer.hasSeen()) timer ??= setTimeout(settle, PATIENCE);
    const isNew = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    return isNew;
  };
  const say = (): void => {
    if (reread()) changed();
  };

  let isOpen = false;
  const watched = watchDataLayer(dataLayer, (message) => {
    layer.take(message);
    if (isOpen) say();
  });
  reread();
  isOpen = true;
  const growth = watchGrowth(() => {
    markup = look();
    say();
  });
  // Who leaves early has looked all the same.
  addEventListener('pagehide', settle);

  return {
    state: () => state,
    moved() {
      settle();
      before = markup.parts;
      status = undefined;
      layer.moved();
      markup = look();
      reread();
    },
    keep: memory.keep,
    close() {
      isOpen = false;
      clearTimeout(timer);
      removeEventListener('pagehide', settle);
      growth.close();
      watched.close();
    },
  };
}

/** A product whose address and image hold on every page; the page's own address where it says none that a link could have. */
function absolute<T extends NonNullable<PageState['product']>>(item: T): T {
  const { image: picture, ...rest } = item;
  const image = resolved(picture);
  return {
    ...(rest as T),
    url: resolved(item.url) ?? location.href,
    ...(image === undefined ? {} : { image }),
  };
}

function resolved(address: string | undefined): string | undefined {
  try {
    const { protocol, href } = new URL(address ?? '', document.baseURI);
    return address !== undefined && /^https?:$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

/** The status of the answer that brought the page; undefined where the browser does not say. */
function statusOf(): number | undefined {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.responseStatus;
}
