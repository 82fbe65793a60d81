import type { PageState, PlacementName, PlacementOptions } from '../Storefront.ts';
import type { OwnMessages } from './messages.ts';
import type { Spot } from './Spot.ts';

/** What fills the shelves of a page. */
export interface Board {
  page(): PageState;
  /** What the shop's configuration says of a placement. */
  placement(name: PlacementName): PlacementOptions;
  readonly messages: OwnMessages;
  /** Fills a shelf, once it is near, and again whenever it may be better filled. */
  ask(spot: Spot): void;
  /** A shelf has left the page. */
  leave(spot: Spot): void;
  /** Leaves the shelves as they are. */
  close(): void;
}
