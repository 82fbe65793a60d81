import type { OwnMessages } from './element/messages.ts';
import type { Plan, Question } from './experiments/Plan.ts';
import type { DrawnShelf } from './measure/DrawnShelf.ts';
import type { PlacementName, PlacementOptions, Storefront } from './Storefront.ts';

/** What the elements of a page have of its storefront. */
export interface Host {
  readonly shop: Storefront;
  /** What the shop's configuration says of a placement. */
  placement(name: PlacementName): PlacementOptions;
  readonly messages: OwnMessages;
  /** How often each item was seen on shelves since it was opened last, as of now. */
  seen(): ReadonlyMap<string, number>;
  /** What has to be asked for a shelf, by the experiments of its placement. */
  plan(question: Question): Plan;
  /** Says what a shelf shows now, in place of what it showed before. */
  drawn(shelf: DrawnShelf): void;
  /** A shelf has left the page. */
  gone(element: Element): void;
}
