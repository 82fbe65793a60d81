import type { ShopEvent } from '@evershelf/model';

/** An event as a page sends it. */
export interface SentEvent extends ShopEvent {
  /** Named by the sender: an event that is sent twice counts once. */
  readonly id?: string;
}
