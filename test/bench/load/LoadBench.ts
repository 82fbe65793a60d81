import type { CACHES, Circumstances } from './slowVisits.ts';

/** What `pnpm bench load` measured. */
export interface LoadBench extends Circumstances {
  readonly rows: readonly LoadRow[];
  readonly files: readonly LoadFile[];
  /** Of a page with a made shop of so many items. */
  readonly memory: { readonly items: number; readonly rows: readonly MemoryRow[] };
}

export const WAYS = ['first shelf at once', 'all of the model first'] as const;

/** Medians of several visits, in milliseconds. */
export interface LoadRow {
  readonly way: (typeof WAYS)[number];
  readonly cache: (typeof CACHES)[number];
  /** From the start of the navigation to a shelf that is drawn. */
  readonly shelf: number;
  /** The same, from the call for the storefront. */
  readonly sinceCall: number;
  /** From the start of the navigation until all of the model is there. */
  readonly complete: number;
  /** The longest task of the page's thread until then. */
  readonly longestTask: number;
}

/** A file that a first visit fetches; bytes on the disk, and on the wire with Brotli. */
export interface LoadFile {
  readonly name: string;
  readonly stage: 'before the first shelf' | 'after it';
  readonly bytes: number;
  readonly wire: number;
}

export const HELD = ['ids and card data alone', 'the listing', 'all of the model'] as const;

/** What a page holds in its memory, in bytes. */
export interface MemoryRow {
  readonly held: (typeof HELD)[number];
  readonly bytes: number;
  /** How much of it an item adds. */
  readonly eachItem: number;
}
