/**
 * What a shelf is for; the model has weights of its own for each.
 *
 * - `mixed`: whatever comes next, known to the shopper or not.
 * - `discover`: nothing that the shopper had.
 * - `again`: only what the shopper had.
 */
export const INTENTS = ['mixed', 'discover', 'again'] as const;
export type Intent = (typeof INTENTS)[number];

/** True where an intent has room for an item. */
export function suits(intent: Intent, had: boolean): boolean {
  return intent === 'mixed' || had === (intent === 'again');
}
