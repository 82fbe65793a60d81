import type { TrackedEvent } from '../../types.ts';
import type { DrawnShelf } from './DrawnShelf.ts';

/** Watches the shelves of a page: what of them is seen and what is opened, and what that leads to. */
export interface Measure {
  /** Says what a shelf shows now, in place of what it showed before. */
  drawn(shelf: DrawnShelf): void;
  /** A shelf has left the page. */
  gone(element: Element): void;
  /** The events with the card by which the item of a cart or a purchase was used last in this visit. */
  attributed(events: readonly TrackedEvent[]): TrackedEvent[];
  /** How often each item was seen in this visit since it was opened last, by id, as of now. */
  seen(): ReadonlyMap<string, number>;
  close(): void;
}
