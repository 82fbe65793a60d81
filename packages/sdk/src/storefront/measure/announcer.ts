import { OWN } from '../page/ownMessage.ts';
import type { DrawnCard, DrawnShelf } from './DrawnShelf.ts';
import { ga4Item } from './ga4Item.ts';

export interface AnnouncerOptions {
  /** Name of the data layer, a global array. */
  readonly dataLayer: string;
  /** Makes one where the page has none. */
  readonly creates: boolean;
  /** Currency of the prices, ISO 4217, as of now; undefined where nobody knows. */
  currency(): string | undefined;
}

/** Says in the shop's data layer what of a shelf was seen, or opened. */
export type Announcer = (
  event: 'view_item_list' | 'select_item',
  shelf: DrawnShelf,
  cards: readonly DrawnCard[],
) => void;

/**
 * Pushes GA4's ecommerce events to the page's data layer, each after a message that clears the one before, as Google wants it. A
 * global of that name which is no array is left alone.
 *
 * https://developers.google.com/analytics/devguides/collection/ga4/ecommerce?client_type=gtm
 */
export function announcer({ dataLayer, creates, currency }: AnnouncerOptions): Announcer {
  const layers = globalThis as unknown as Record<string, unknown>;
  return (event, shelf, cards) => {
    if (creates) layers[dataLayer] ??= [];
    const layer = layers[dataLayer];
    if (!Array.isArray(layer)) return;
    const { name } = shelf;
    const known = currency();
    const ecommerce = {
      item_list_id: name,
      item_list_name: name,
      ...(known === undefined ? {} : { currency: known }),
      items: cards.map(({ recommended, position }) => ga4Item(recommended.item, position - 1)),
    };
    try {
      layer.push({ ecommerce: null, [OWN]: true });
      layer.push({ event, ecommerce, [OWN]: true });
    } catch {
      // A tag of the page's that listens to pushes threw.
    }
  };
}
