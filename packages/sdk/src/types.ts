import type { Intent, Item, Placed, Rung, Signals } from '@evershelf/model';
import type { Rerank, Tfjs } from './engines/rerank/Rerank.ts';
import type { Rules } from './rules/Rules.ts';

/**
 * What may be kept on the shopper's device:
 *
 * - `none`: nothing at all; what an earlier visit stored is deleted.
 * - `cache`: the model and the shop's catalogue, nothing about the shopper; a profile stored earlier is deleted.
 * - `profile`: also what this shopper did, and what is taken with it; where `events` are sent, a random name of the visit too, in the
 *   tab's `sessionStorage`.
 */
export type Consent = 'none' | 'cache' | 'profile';

/** What computes the scores: `cpu` in the page's own thread, `worker` the same in a thread of its own, or the GPU. */
export type EngineName = 'cpu' | 'worker' | 'webgpu';

export interface ShelfOptions {
  /** Folder of the artifact, a URL or a path on the page's own host, for example `/model/`. */
  readonly model: string;
  /**
   * Address of the metadata service, or of a static folder with the same answers, in front of `/v1/`. Without one, the
   * shelf knows what the artifact holds and what the page hands over. Once the service holds anything, it says what the
   * shop is: items that the artifact has and the service has not are no longer recommended.
   */
  readonly kv?: string;
  /** What may be kept on the device; default `cache`. */
  readonly consent?: Consent;
  /**
   * What ranks: `cpu` in the page's own thread, `worker` the same in a thread of its own, `webgpu`. `auto` (the default) starts on
   * the CPU, measures the others on the real model when idle, and keeps the best one: the fastest, or the worker where an answer
   * would hold the page up and takes there hardly longer.
   */
  readonly engine?: 'auto' | EngineName;
  /**
   * The page's own tfjs (`import * as tf from '@tensorflow/tfjs'`, or its core and backends), for `rerank`. Where its backend is
   * WebGPU the engine works on that device, and leaves it to the page.
   */
  readonly tf?: Tfjs;
  /**
   * Milliseconds between two looks at the metadata service while the page is visible; default 60,000, at most a day, 0 for never.
   * What the shop puts and deletes comes by the service's stream in between, where it has one.
   */
  readonly refresh?: number;
  /**
   * True to send the shopper's events to the metadata service, without a shopper key, each with the latest items of the running
   * session before it; or a function that says so for each event, and again when it is to be sent. Default false.
   */
  readonly events?: boolean | (() => boolean);
  /** Closes the shelf; where it fires during loading, `evershelf()` rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Replaces the platform's `fetch`; the service's stream, which it cannot reach, is then not listened to. */
  readonly fetch?: typeof fetch;
  /** Replaces the clock: Unix milliseconds; default `Date.now`. What is no number counts as 0. */
  readonly now?: () => number;
}

/** Something that the shopper does, as the page reports it; with the shelf that led to it, where one did. */
export interface TrackedEvent extends Placed {
  /** An id, or an item as the page knows it: an id and a category are enough to place it. */
  readonly item: string | Item;
  /**
   * `view`, `cart`, `purchase`, or a kind of the shop's own. An `impression` and a `click` say what a shelf has shown: they are sent
   * where events are sent, and are no part of the history.
   */
  readonly kind: string;
  /** How many, > 0; default 1. */
  readonly quantity?: number;
}

/** What a shelf is asked about one of its items. */
export interface ExplainOptions {
  /**
   * What the shelf is for: `mixed` (the default) for whatever comes next, `discover` for nothing that the shopper had,
   * `again` for only that. The model has weights of its own for each.
   */
  readonly intent?: Intent;
  /** The item of the product page that is being looked at: the latest moment of the context, never on the shelf. */
  readonly context?: string | Item;
}

export interface RecommendOptions extends ExplainOptions {
  /** How many items, 1 to 1000; default 8. */
  readonly k?: number;
  /** Ids that shall not be on the shelf. Items out of stock never are. */
  readonly exclude?: Iterable<string>;
  /** Keeps an item on the shelf where it returns true. It sees every item of the shop. */
  readonly filter?: (item: Item) => boolean;
  /** Conditions, boosts, pins, caps and diversity, as plain data; their code is loaded with the first call that has any. */
  readonly rules?: Rules;
  /**
   * A model of the page's tfjs that has the last word about the best items; its scores are those of the answer. It is not asked
   * before what the shop's model learned has arrived.
   */
  readonly rerank?: Rerank;
  /** Items that the page knows of, ranked together with the catalogue; an id and a category are enough. */
  readonly candidates?: readonly Item[];
  /** True to rank the candidates alone; default false. */
  readonly only?: boolean;
  /**
   * Milliseconds that the answer may wait for the service: for attributes of items handed over with this call, and for what is
   * taken with the items of the context; then it comes from what is known. An engine off the page's thread that has no answer by
   * then, and took no such time before, leaves it to the CPU. Default 50.
   */
  readonly deadline?: number;
  /** Rejects the answer with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * How sure the shelf is of an item's attributes:
 *
 * - `fresh`: the metadata service confirmed them in this visit and is in reach.
 * - `stale`: they come from the cache, the artifact or the page.
 * - `offline`: the same, and the network is gone or switched off.
 */
export type Freshness = 'fresh' | 'stale' | 'offline';

export interface RecommendedItem {
  /** All that is known of it. */
  readonly item: Item;
  /** What ranked it: the sum of its signals, which `explain()` shows, and its boost; or what the model of `rerank` says. */
  readonly score: number;
  /** What the boosts of the rules gave to the score; absent where that is nothing. */
  readonly boost?: number;
  /** Present where a pin of the rules has put it here. */
  readonly pinned?: true;
  /** How much the model knows of it. */
  readonly rung: Rung;
  /** The unknown token that stands in for its id, for example `unknown_grocery`; absent where the id is known. */
  readonly token?: string;
  readonly freshness: Freshness;
}

export interface Recommendation {
  /** Best first, but where rules have it otherwise; equal scores by id. Fewer than `k` where fewer are left. */
  readonly items: readonly RecommendedItem[];
  /** What ranked the catalogue. */
  readonly engine: EngineName;
  /** How long the answer took. */
  readonly milliseconds: number;
  /** Id of the artifact. */
  readonly model: string;
  /** False where what the model learned was not here yet: by what sells and what this shopper had. `improved` tells when it is. */
  readonly complete: boolean;
  /** Revision of the metadata that the answer used; 0 while none was seen. */
  readonly revision: number;
}

/** Why an item has its score; all parts are in the score's own unit. */
export interface ScoreExplanation {
  readonly item: Item;
  readonly score: number;
  /** What each signal gave; they add up to the score. */
  readonly signals: Signals;
  /**
   * What each item of the history gave to `deep`, `match`, `wide` and `pairs` together, the latest last. With `anyone`, what a
   * stranger gets, they add up to these four.
   */
  readonly history: readonly { readonly item: Item; readonly gave: number }[];
  readonly anyone: number;
}

/** The engine that ranks, and what it was chosen by. */
export interface EngineStatus {
  readonly name: EngineName;
  /** Why this engine, in a sentence. */
  readonly reason: string;
  /** Median milliseconds of a shelf, for each engine that was measured on this model and device. */
  readonly milliseconds: Readonly<Partial<Record<EngineName, number>>>;
}

export interface ShelfStatus {
  /** What ranks: for one shelf, and for each of many at once (`recommendAll`), where another engine may be the faster one. */
  readonly engines: Readonly<Record<'one' | 'many', EngineStatus>>;
  /** The GPU that was opened, as the browser names it, also where the CPU is the faster one; absent where none was. */
  readonly adapter?: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    readonly software: boolean;
  };
  /** Id of the artifact. */
  readonly model: string;
  /** True once all of the model is here; until then shelves are by what sells and what this shopper had. */
  readonly complete: boolean;
  /** Items that may be recommended. */
  readonly items: number;
  readonly byFreshness: Readonly<Record<Freshness, number>>;
  readonly byRung: Readonly<Record<Rung, number>>;
  /** Revision of the metadata; 0 while none was seen. */
  readonly revision: number;
  /** True while the network is gone or switched off. */
  readonly offline: boolean;
  readonly network: {
    readonly requests: number;
    /** Bytes of the answers' bodies, unpacked. */
    readonly bytes: number;
  };
  readonly cache: {
    /** True where the artifact came from the device. */
    readonly model: boolean;
    /** Pages of metadata that came from the device. */
    readonly pages: number;
    /** True while the device keeps what is learnt. */
    readonly persistent: boolean;
  };
  readonly profile: {
    /** Events in the history that the next answer reads. */
    readonly events: number;
    /** Items that the shopper had. */
    readonly items: number;
  };
  /** What went wrong last in the background, in a sentence. */
  readonly lastError?: string;
}

/**
 * What a shelf tells:
 *
 * - `improved`: asking again may give a better shelf, for the rest of the model is here, the catalogue or what is taken together
 *   changed, or the same with surer attributes; at most four times a second.
 * - `engine`: another engine has taken over.
 * - `network`: the network went or came back.
 */
export type ShelfEvent = 'improved' | 'engine' | 'network';

export interface Shelf {
  /**
   * Adds to the shopper's history. Events of one call share one moment, as the lines of a basket do. Time is now.
   *
   * @throws {TypeError} where an event has no item or no kind
   */
  track(events: TrackedEvent | readonly TrackedEvent[]): void;
  /**
   * Ranks the shop for this shopper. Never waits for the network beyond `deadline`.
   *
   * @throws {TypeError} where an option is out of its range; the reason of `signal`
   */
  recommend(options?: RecommendOptions): Promise<Recommendation>;
  /**
   * The same for many shelves at once, for example all of a page or what is like each of its cards: the engine reads the shop
   * once for all of them. Never waits for the network beyond the longest `deadline`.
   *
   * @returns one answer for each of the options, in their order
   * @throws {TypeError} where an option is out of its range; the reason of the first `signal` that was aborted
   */
  recommendAll(all: readonly RecommendOptions[]): Promise<Recommendation[]>;
  /**
   * Says why an item would have its score now; undefined where nobody knows the item, and until all of the model is here.
   *
   * @throws {TypeError} where an option is out of its range
   */
  explain(id: string, options?: ExplainOptions): ScoreExplanation | undefined;
  /** Calls back on an event until the returned function is called. */
  on(event: ShelfEvent, listener: () => void): () => void;
  status(): ShelfStatus;
  /** The shop's item of an id, or one that the page handed over; undefined where nobody knows it. */
  item(id: string): Item | undefined;
  /** All items of the shop, as it is now. */
  items(): Item[];
  /**
   * Has what is taken with an item, and an item that the shop does not know, ready for its product page: asks for it when the element,
   * a card or a link of the item, nears the viewport, and again when the shopper points at it. Never where the browser saves data, and
   * nothing more than its page would ask for. Does nothing without a metadata service.
   */
  prefetchOn(element: Element, id: string): void;
  /** Takes the shelf off the network (true) or back to it (false). */
  offline(off: boolean): void;
  /**
   * Deletes the history and what is stored, and stores nothing of it again in this visit.
   *
   * @param left `cache` keeps the model and the shop's catalogue; `none` (the default) deletes all
   */
  forget(left?: Exclude<Consent, 'profile'>): Promise<void>;
  /** Ends timers, requests and the GPU device, and stores what is still to be stored. `recommend()` then rejects and `track()` throws. */
  close(): void;
}
