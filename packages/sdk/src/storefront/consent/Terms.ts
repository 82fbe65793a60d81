import type { Consent } from '../../types.ts';
import { lowerOf } from './lowerOf.ts';

/** What the shopper agreed to. */
export interface Terms {
  readonly consent: Consent;
  /** Whether events may be sent, where the shop wants them sent. */
  readonly events: boolean;
}

/** What a signal of the page says. */
export interface Signal extends Terms {
  /** False while a better answer is on its way, such as that of a consent banner which is not loaded yet. */
  readonly settled: boolean;
}

/** What all of some signals allow. */
export function leastOf(signals: readonly Signal[]): Signal {
  return signals.reduce((a, b) => ({
    consent: lowerOf(a.consent, b.consent),
    events: a.events && b.events,
    settled: a.settled && b.settled,
  }));
}
