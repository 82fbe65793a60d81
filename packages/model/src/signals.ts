/**
 * The signals whose weighted sum is an item's score:
 *
 * - `deep`: item vector . query vector of the hashed two-tower.
 * - `match`: rows that item and context share, each by its match weight and its decayed count in the context.
 * - `wide`: edges from the items of the context, each decayed by its age: what is taken together, or next.
 * - `pairs`: what was lately taken with the items of the context, counted since the training too; decayed as `wide` is.
 * - `live1`, `live5`, `live20`: ln(1 + decayed count) of the item's events, by half-life in days.
 * - `frequency`: ln(1 + decayed count) of this shopper's own events with the item.
 * - `had`: 1 where this shopper had the item before, else 0.
 * - `session`: 1 where this shopper had the item in the running session, else 0.
 * - `unknown`: 1 where the item's id was never trained, else 0.
 */
export const SIGNALS = [
  'deep',
  'match',
  'wide',
  'pairs',
  'live1',
  'live5',
  'live20',
  'frequency',
  'had',
  'session',
  'unknown',
] as const;
export type Signal = (typeof SIGNALS)[number];

/** A number for each signal: its weight in the model, or its value for one item. */
export type Signals = Readonly<Record<Signal, number>>;

/**
 * The weights for a shopper of whom nothing is known: what sells. Heads are fitted on events with a history, and say nothing
 * of those without.
 */
export const STRANGER: Signals = {
  ...(Object.fromEntries(SIGNALS.map((signal) => [signal, 0])) as Record<Signal, number>),
  live20: 1,
};

/** The weights of a head where the listing of the shop is all that is there: what sells, and what this shopper had. */
export function listingHead({ frequency, had, session }: Signals): Signals {
  return { ...STRANGER, frequency, had, session };
}

/** Names of the live signals, beside their half-lives in `LIVE_HALF_LIVES`. */
export const LIVE_SIGNALS = ['live1', 'live5', 'live20'] as const satisfies readonly Signal[];
