import { evershelf } from '../evershelf.ts';
import type { Consent, Shelf, ShelfOptions, TrackedEvent } from '../types.ts';
import { lowerOf } from './consent/lowerOf.ts';

/** What the shopper agreed to. */
export interface Terms {
  readonly consent: Consent;
  /** Whether events may be sent, where the shop wants them sent. */
  readonly events: boolean;
}

/** A shelf that goes on under other terms, with what was done in this visit. */
export interface HeldShelf {
  shelf(): Shelf;
  /** What is kept on the device now. */
  kept(): Consent;
  track(events: TrackedEvent | readonly TrackedEvent[]): void;
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

/** Moments of a visit that are handed to the next shelf, the latest. */
const MOST = 400;

/** @param changed called when what is kept, or the shelf, is another one */
export async function holdShelf(
  options: Omit<ShelfOptions, 'consent'>,
  first: Terms,
  changed: () => void,
): Promise<HeldShelf> {
  const { now: clock = Date.now, events: sends } = options;
  let terms = first;
  /** The time of what is told again, while it is. */
  let past: number | undefined;
  const wanted = typeof sends === 'function' ? sends : () => sends === true;
  const open = (consent: Consent): Promise<Shelf> =>
    evershelf({
      ...options,
      consent,
      now: () => past ?? clock(),
      // What is told again was sent before, or was not to be.
      events: sends === undefined ? false : () => terms.events && past === undefined && wanted(),
    });

  let visit: { readonly events: TrackedEvent | readonly TrackedEvent[]; readonly time: number }[] = [];
  const tellAgain = (shelf: Shelf): void => {
    for (const { events, time } of visit) {
      past = time;
      try {
        shelf.track(events);
      } finally {
        past = undefined;
      }
    }
  };

  let kept = terms.consent;
  let shelf = await open(kept);
  let closed = false;

  const lower = async (consent: Exclude<Consent, 'profile'>): Promise<void> => {
    kept = consent;
    const forgotten = shelf.forget(consent);
    tellAgain(shelf);
    changed();
    await forgotten;
  };
  const raise = async (): Promise<void> => {
    const { consent } = terms;
    if (closed || lowerOf(consent, kept) === consent) return;
    const next = await open(consent);
    if (closed) return next.close();
    tellAgain(next);
    shelf.close();
    shelf = next;
    kept = consent;
    // The shopper may have thought again meanwhile.
    if (terms.consent !== 'profile' && lowerOf(terms.consent, kept) !== kept) await lower(terms.consent);
    else changed();
  };
  let raising = Promise.resolve();

  return {
    shelf: () => shelf,
    kept: () => lowerOf(kept, terms.consent),
    track(events) {
      shelf.track(events);
      visit = [...visit.slice(1 - MOST), { events, time: clock() }];
    },
    async change(next) {
      terms = next;
      if (next.consent === kept || closed) return;
      if (next.consent !== 'profile' && lowerOf(next.consent, kept) !== kept)
        return await lower(next.consent);
      raising = raising.catch(() => {}).then(raise);
      await raising;
    },
    async forget() {
      visit = [];
      terms = { consent: 'none', events: false };
      await lower('none');
    },
    close() {
      closed = true;
      shelf.close();
    },
  };
}
