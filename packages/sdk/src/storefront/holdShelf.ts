import { openStores } from '../device/openStores.ts';
import { evershelf } from '../evershelf.ts';
import type { Consent, Shelf, ShelfOptions, TrackedEvent } from '../types.ts';
import { deleteKeys } from './consent/deleteKeys.ts';
import { lowerOf } from './consent/lowerOf.ts';
import type { Terms } from './consent/Terms.ts';

/** A shelf that goes on under other terms, with what was done in this visit. */
export interface HeldShelf {
  shelf(): Shelf;
  /** What is kept on the device now. */
  kept(): Consent;
  /** True until the first change, where the terms were not known yet. */
  pending(): boolean;
  track(events: readonly TrackedEvent[]): void;
  /** Tells what shelves have shown, which is no part of the history: once, and where the terms are not known yet, when they are. */
  show(events: readonly TrackedEvent[]): void;
  /**
   * Less is kept from the call on, and deleted when it settles. More is kept once the shelf has been opened anew.
   *
   * @throws {NetworkError} where more shall be kept and the shelf cannot be opened anew; it goes on as it was
   */
  change(terms: Terms): Promise<void>;
  /** Deletes all that is stored and forgets what was done. */
  forget(): Promise<void>;
  close(): void;
}

/** Something that was done in this visit. */
interface Moment {
  readonly events: readonly TrackedEvent[];
  /** Unix milliseconds. */
  readonly time: number;
  /** Held back until the terms are known. */
  waits: boolean;
}

/** Moments of a visit that are handed to the next shelf, the latest. */
const MOST = 400;

/**
 * @param first undefined where the terms are not known yet: nothing is stored, and what an earlier visit stored is left
 * @param changed called when what is kept, or the shelf, is another one
 */
export async function holdShelf(
  options: Omit<ShelfOptions, 'consent'>,
  first: Terms | undefined,
  changed: () => void,
): Promise<HeldShelf> {
  const { now: clock = Date.now, events: sends = false } = options;
  const wanted = typeof sends === 'function' ? sends : () => sends;
  let pending = first === undefined;
  let terms: Terms = first ?? { consent: 'none', events: false };
  /** What is told to another shelf again, while it is. */
  let past: Moment | undefined;
  const open = (consent: Consent): Promise<Shelf> =>
    evershelf(
      {
        ...options,
        consent,
        now: () => past?.time ?? clock(),
        // What is told again was sent before, or was not to be, unless it waited.
        events: sends !== false && (() => terms.events && (past?.waits ?? true) && wanted()),
      },
      pending,
    );

  let visit: Moment[] = [];
  const tellAgain = (shelf: Shelf): void => {
    for (const moment of visit) {
      past = moment;
      try {
        shelf.track(moment.events);
      } finally {
        past = undefined;
      }
      moment.waits = false;
    }
  };

  const remember = (events: readonly TrackedEvent[]): void => {
    visit = [...visit.slice(1 - MOST), { events, time: clock(), waits: pending }];
  };

  let kept = terms.consent;
  let shelf = await open(kept);
  let closed = false;
  if (!pending && kept !== 'profile') deleteKeys();

  const isLower = (consent: Consent): consent is Exclude<Consent, 'profile'> =>
    consent !== kept && lowerOf(consent, kept) === consent;
  const lower = async (consent: Exclude<Consent, 'profile'>): Promise<void> => {
    kept = consent;
    const forgotten = shelf.forget(consent);
    // What a shelf that kept nothing has never opened.
    openStores(consent);
    tellAgain(shelf);
    changed();
    deleteKeys();
    await forgotten;
  };
  const raise = async (): Promise<void> => {
    const { consent } = terms;
    if (closed || consent === kept || isLower(consent)) return;
    const next = await open(consent);
    if (closed) return next.close();
    tellAgain(next);
    shelf.close();
    shelf = next;
    kept = consent;
    if (kept !== 'profile') deleteKeys();
    // The shopper may have thought again meanwhile.
    if (isLower(terms.consent)) await lower(terms.consent);
    else changed();
  };
  let raising = Promise.resolve();

  return {
    shelf: () => shelf,
    kept: () => lowerOf(kept, terms.consent),
    pending: () => pending,
    track(events) {
      shelf.track(events);
      remember(events);
    },
    show(events) {
      shelf.track(events);
      if (pending) remember(events);
    },
    async change(next) {
      if (closed) return;
      const was = pending;
      terms = next;
      pending = false;
      if (was && next.consent === 'none') return await lower('none');
      if (isLower(next.consent)) return await lower(next.consent);
      if (next.consent === kept) return;
      raising = raising.catch(() => {}).then(raise);
      await raising;
    },
    async forget() {
      visit = [];
      pending = false;
      terms = { consent: 'none', events: false };
      await lower('none');
    },
    close() {
      closed = true;
      shelf.close();
    },
  };
}
