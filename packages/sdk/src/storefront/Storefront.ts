import type { Intent, Item } from '@evershelf/model';
import type { IdProperty } from '@evershelf/model/markup';
import type { Rules } from '../rules/Rules.ts';
import type { Consent, Shelf, ShelfOptions, TrackedEvent } from '../types.ts';
import type { OwnMessages } from './element/messages.ts';
import type { DrawnShelf } from './measure/DrawnShelf.ts';
import type { PLACEMENT_NAMES } from './placements/placementNames.ts';

/** Where in a shop a shelf stands; `search` is a search that found nothing, `missing` a page that is not there (404). */
export type PlacementName = (typeof PLACEMENT_NAMES)[number];

/** What the page is, as far as its data layer, its markup or the shop's own call say so. */
export interface PageState {
  readonly placement?: PlacementName;
  /** The product of a product page. */
  readonly product?: Item;
  /** The category of a category page, from the root to the leaf. */
  readonly category?: readonly string[];
  /** What is in the cart. */
  readonly cart?: readonly Item[];
  /** What was searched for. */
  readonly query?: string;
  /**
   * Items that the page knows and the recommender may not yet, such as those listed a moment ago; an id and a category are enough. Each
   * shelf ranks them together with the catalogue.
   */
  readonly candidates?: readonly Item[];
  /** ISO 4217, such as `EUR`. */
  readonly currency?: string;
  /** BCP 47, such as `de-AT`. */
  readonly language?: string;
}

/** What a placement asks for where its element does not say otherwise. */
export interface PlacementOptions {
  readonly intent?: Intent;
  /** How many items, 1 to 100. */
  readonly count?: number;
  readonly rules?: Rules;
}

/** Two or more ways to fill the shelves of a placement, beside each other. */
export interface Experiment {
  /** Names it in the log. */
  readonly name: string;
  /** No other experiment has the same. */
  readonly placement: PlacementName;
  /** `split`: each shopper sees one of the variants (A/B). `interleave`: everybody sees both in one shelf (team draft), of two variants. */
  readonly kind: 'split' | 'interleave';
  /** By name; what a variant does not say is the placement's. */
  readonly variants: Readonly<Record<string, PlacementOptions>>;
  /** Share of the shoppers of a split that sees each variant, such as `{ control: 0.9, new: 0.1 }`, 1 together; even ones unless told. */
  readonly shares?: Readonly<Record<string, number>>;
}

export interface StorefrontOptions extends Omit<ShelfOptions, 'consent'> {
  /** What may be kept on the device; `auto` (the default) follows the page's consent signals, and is `cache` where there are none. */
  readonly consent?: Consent | 'auto';
  /** False to read neither the data layer nor the page's markup; default true. */
  readonly read?: boolean;
  /** Name of the page's data layer; default `dataLayer`. */
  readonly dataLayer?: string;
  /**
   * The property of a product's markup that is the shop's id, such as `sku` or `mpn`; default the first of those that it has
   * (docs/zero-configuration.md).
   */
  readonly id?: IdProperty;
  readonly placements?: Readonly<Partial<Record<PlacementName, PlacementOptions>>>;
  readonly experiments?: readonly Experiment[];
  /** What shelves say, by language, where the shop wants it otherwise or in another language: headings, buttons, reasons. */
  readonly messages?: OwnMessages;
  /** False to watch neither what of the shelves is seen nor what of them is opened; default true. */
  readonly measure?: boolean;
  /**
   * Says what of the shelves is seen and opened in the page's data layer too, as GA4's `view_item_list` and `select_item`: true (the
   * default) where the page has one, `create` to make one where it has none, false never.
   */
  readonly announce?: boolean | 'create';
}

/**
 * What the storefront tells: the page is another one (`page`), consent changed (`consent`), a shelf may be better now (`improved`),
 * a shelf was drawn, changed or is gone (`shelves`).
 */
export type StorefrontEvent = 'page' | 'consent' | 'improved' | 'shelves';

/** A shop's page with its shelves: what the command queue hands to each of its functions. */
export interface Storefront {
  /** The recommender; another one after consent has changed. */
  readonly shelf: Shelf;
  /** Adds to the shopper's history, and sends it where events are sent. */
  track(events: TrackedEvent | readonly TrackedEvent[]): void;
  page(): PageState;
  /** Says what the page is; what is named here wins over what is read, until the address changes. */
  setPage(state: PageState): void;
  consent(): Consent;
  setConsent(consent: Consent): Promise<void>;
  /** The shelves on the page, as they are drawn now. */
  shelves(): readonly DrawnShelf[];
  /** Deletes all that is stored on the device; nothing is stored again by this page until `setConsent`. */
  forget(): Promise<void>;
  /** Calls back on an event until the returned function is called. */
  on(event: StorefrontEvent, listener: () => void): () => void;
  close(): void;
}
