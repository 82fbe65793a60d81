import type { IdProperty } from '@evershelf/model/markup';
import type { Consent, TrackedEvent } from '../../types.ts';
import type { PageState } from '../Storefront.ts';

/** Reads what the shop's page says already: its data layer, its markup, its language. Never throws, whatever stands there. */
export interface PageReader {
  /** What the page says it is now. */
  state(): PageState;
  /** Says that the address is another one: what was pushed and marked up for the last one is over. The cart stays. Who says it tells it. */
  moved(): void;
  /** Says what may be kept on the device from now on: with `profile` the orders that were counted and the cart, else nothing. */
  keep(consent: Consent): void;
  close(): void;
}

export interface PageReaderOptions {
  /** Name of the data layer, a global array. */
  readonly dataLayer: string;
  /** What may be kept on the device, to begin with; undefined while the shopper's answer is on its way. */
  readonly consent: Consent | undefined;
  /** The property of a product's markup that is the shop's id; default the first of `sku`, `productID`, `gtin`, `mpn`, ... */
  readonly id?: IdProperty | undefined;
  /** True for the id of an item that the shop has: of the ids that a page gives a product, the first such one is taken. */
  knows(id: string): boolean;
  /** What the shopper did, as the data layer reports it, those of one push at once; what was pushed before comes first. */
  tracked(events: readonly TrackedEvent[]): void;
  /** `state()` has changed: by a push, or by markup that came. */
  changed(): void;
}
