import type { ShopEvent } from '@evershelf/model';

/** Where events go to be trained on later. */
export interface EventSink {
  append(events: readonly ShopEvent[]): Promise<void>;
  close(): Promise<void>;
}
