import type { Manifest } from '@evershelf/model';

/**
 * Tells whether an event of a kind means that the shopper had the item. A view is a look: it says what the shopper thinks of, but
 * in a model of purchases not what the shopper had.
 */
export function countsAsHad({ training }: Manifest): (kind: string) => boolean {
  return (kind) => training.sequence === 'session' || kind !== 'view';
}
