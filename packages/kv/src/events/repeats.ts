import type { ShopEvent } from '@evershelf/model';

/** Pairs of session and item that are remembered. */
const REMEMBERED = 100_000;

/**
 * Tells whether an event is a second one of its item in its session, which counts no further: training counts the same
 * way. Sessions of long ago are forgotten.
 */
export function repeats(): (event: ShopEvent) => boolean {
  const seen = new Set<string>();
  return ({ session, item }) => {
    if (session === undefined) return false;
    const pair = JSON.stringify([session, item]);
    const repeated = seen.delete(pair);
    seen.add(pair);
    if (seen.size > REMEMBERED) seen.delete(seen.values().next().value!);
    return repeated;
  };
}
