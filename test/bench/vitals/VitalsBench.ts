import type { CACHES, Circumstances } from '../load/slowVisits.ts';

/** What `pnpm bench vitals` measured. */
export interface VitalsBench extends Circumstances {
  readonly rows: readonly VitalsRow[];
}

export const SHOPS = ['a page of HTML', 'the demo'] as const;
export const SHELVES = ['without', 'with'] as const;

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
