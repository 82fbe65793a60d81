import type { Item } from '@evershelf/model';
import type { Found, MarkupSource } from '@evershelf/model/markup';
import type { InspectedPage, SeenEvent } from './inspectPage.ts';
import { type Loaded, policiesOf, policyNeeds } from './policyNeeds.ts';

/** A product as a page has it. */
export interface SeenProduct {
  readonly source: MarkupSource | 'data-layer';
  readonly item: Item;
  /** All ids that it goes by there. */
  readonly ids: readonly string[];
  readonly currency?: string;
}

/** An event of a page's data layer, however often it stands there. */
interface SummedEvent {
  readonly event: string;
  readonly atLoad: boolean;
  /** How many products it has, in all. */
  readonly products: number;
}

/** What was seen of a page. */
export interface PageSummary {
  readonly address: string;
  readonly title: string;
  /** The product that it is about, by each of the ways in which it says so. */
  readonly products: readonly SeenProduct[];
  /** Products that its markup lists. */
  readonly listed: number;
  /** The way to it, from the root of the categories. */
  readonly path?: readonly string[];
  readonly currency?: string;
  readonly language?: string;
  readonly dataLayer?: {
    readonly name: string;
    readonly events: readonly SummedEvent[];
    /** Pushes that are made at run time. */
    readonly unread: number;
  };
  readonly tagManager: readonly string[];
  readonly gtag: readonly string[];
  /** Consent signals that the tag follows by itself, and consent tools. */
  readonly consent: InspectedPage['consent'];
  /** Scripts of JSON-LD that are no JSON. */
  readonly broken: number;
  /** Absent where no policy was seen. */
  readonly policy?: { readonly needs: readonly string[]; readonly hasNonce: boolean };
}

/** @param loaded where the snippet's files come from, as seen from a page */
export function summaryOf(page: InspectedPage, loaded: (address: string) => Loaded): PageSummary {
  const { address, title, markup, events } = page;
  const currency = events.map((event) => event.currency).find(Boolean) ?? markup.currency;
  return {
    address,
    title,
    products: [...productsOf(page), ...viewedIn(events)],
    listed: markup.listed,
    ...(markup.path === undefined ? {} : { path: markup.path }),
    ...(currency === undefined ? {} : { currency }),
    ...(markup.language === undefined ? {} : { language: markup.language }),
    ...(page.hasDataLayer
      ? { dataLayer: { name: page.dataLayer, events: summed(events), unread: page.unread } }
      : {}),
    tagManager: page.containers,
    gtag: page.streams,
    consent: page.consent,
    broken: markup.broken,
    ...(page.policies.length === 0
      ? {}
      : {
          policy: {
            needs: policyNeeds(policiesOf(page.policies), loaded(address)),
            hasNonce: page.policies.some((policy) => /'nonce-/i.test(policy)),
          },
        }),
  };
}

/** The product that a page is about, where its markup says so: once for each way in which it does. */
function productsOf({ markup }: InspectedPage): SeenProduct[] {
  const main = markup.product;
  if (main === undefined) return [];
  const isMain = ({ ids }: Found): boolean => ids.some((id) => main.ids.includes(id));
  const seen = new Set<string>();
  return markup.products.flatMap(({ source, product }) => {
    if (seen.has(source) || !isMain(product)) return [];
    seen.add(source);
    const { item, ids, currency } = product;
    return [{ source, item, ids, ...(currency === undefined ? {} : { currency }) }];
  });
}

/** The product that the data layer says is viewed as the page loads. */
function viewedIn(events: readonly SeenEvent[]): SeenProduct[] {
  const view = events.find(({ event, atLoad, lines }) => event === 'view_item' && atLoad && lines.length > 0);
  if (view === undefined) return [];
  const { item, ids } = view.lines[0]!.found;
  const { currency } = view;
  return [{ source: 'data-layer', item, ids, ...(currency === undefined ? {} : { currency }) }];
}

function summed(events: readonly SeenEvent[]): SummedEvent[] {
  const sums = new Map<string, SummedEvent>();
  for (const { event, atLoad, lines } of events) {
    const key = `${event} ${atLoad}`;
    sums.set(key, { event, atLoad, products: (sums.get(key)?.products ?? 0) + lines.length });
  }
  return [...sums.values()];
}
