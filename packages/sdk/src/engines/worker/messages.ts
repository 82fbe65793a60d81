import type { Ask, Ranked } from '../Engine.ts';

/** The arrays of a shop that lie in the worker. */
export type ArrayName = 'item' | 'itemScale' | 'offsets' | 'rows';
export type ShopArray = Int8Array | Uint16Array | Uint32Array | Float32Array;

/** A question whose prior is known by a number. */
export type WorkerAsk = Omit<Ask, 'prior'> & { readonly prior: number };

/** What the page sends; the worker takes one after the other. */
export type ToWorker =
  /** Memory that both see takes the place of an array. */
  | { readonly kind: 'memory'; readonly name: ArrayName; readonly array: ShopArray }
  /** Numbers of an array from a place on; 0 begins a new one. Where they do not fit it gets room for so many numbers. */
  | {
      readonly kind: 'part';
      readonly name: ArrayName;
      readonly at: number;
      readonly part: ShopArray;
      readonly room: number;
    }
  /** Ids of the items from a number on. */
  | { readonly kind: 'ids'; readonly from: number; readonly ids: readonly string[] }
  /** All of a shop is there; `grew` where its items are those of the shop before, and more. */
  | {
      readonly kind: 'shop';
      readonly rows: number;
      readonly dim: number;
      readonly count: number;
      readonly grew: boolean;
    }
  /** Questions, with the priors that the worker has not, and without those that nobody asks for any more. */
  | {
      readonly kind: 'ask';
      readonly number: number;
      readonly asks: readonly WorkerAsk[];
      readonly priors: ReadonlyMap<number, Float32Array>;
      readonly forget: readonly number[];
    };

/** What the worker sends. */
export type FromWorker =
  | { readonly kind: 'ready' }
  /** `milliseconds` is what it took the worker, without the way there and back. */
  | {
      readonly kind: 'answer';
      readonly number: number;
      readonly ranked: readonly Ranked[];
      readonly milliseconds: number;
    }
  | { readonly kind: 'failure'; readonly number: number; readonly message: string };
