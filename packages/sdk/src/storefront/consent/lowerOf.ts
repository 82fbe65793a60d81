import type { Consent } from '../../types.ts';

const ORDER: readonly Consent[] = ['none', 'cache', 'profile'];

/** The consent that lets less be kept. */
export function lowerOf(a: Consent, b: Consent): Consent {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}
