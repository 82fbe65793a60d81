import type { TrackedEvent } from '../../types.ts';
import type { PageState } from '../Storefront.ts';

/** Reads what the shop's page says already: its data layer, its markup, its language. Never throws, whatever stands there. */
export interface PageReader {
  /** What the page says it is now. */
  state(): PageState;
  close(): void;
}

export interface PageReaderOptions {
  /** Name of the data layer, a global array. */
  readonly dataLayer: string;
  /** What the shopper did, as the data layer reports it, those of one push at once; what was pushed before comes first. */
  tracked(events: readonly TrackedEvent[]): void;
  /** `state()` has changed: by a push, by markup that came, or by another address. */
  changed(): void;
}
