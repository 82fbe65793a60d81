/** What `pnpm bench vitals` measured. */
export interface VitalsBench {
  readonly date: string;
  readonly cores: number;
  /** How many processes wanted a core meanwhile, the bench's own among them. */
  readonly busy: number;
  /** Items of the model. */
  readonly items: number;
  readonly network: { readonly megabits: number; readonly latencyMs: number };
  /** How many times slower than it is the processor was made. */
  readonly slowdown: number;
  readonly runs: number;
  readonly rows: readonly VitalsRow[];
}

export const SHOPS = ['a page of HTML', 'the demo'] as const;
export const SHELVES = ['without', 'with'] as const;
export const CACHES = ['cold', 'warm'] as const;

/** Medians of several visits. */
export interface VitalsRow extends Vitals {
  readonly shop: (typeof SHOPS)[number];
  readonly shelf: (typeof SHELVES)[number];
  readonly cache: (typeof CACHES)[number];
}

/** Core Web Vitals of a visit: milliseconds until the largest element is drawn and from an interaction to its frame, and layout shift. */
export interface Vitals {
  readonly lcp: number;
  readonly inp: number;
  readonly cls: number;
}
