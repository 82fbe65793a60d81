import type { Signal } from './Terms.ts';

/** Google Consent Mode, as far as it is read: https://developers.google.com/tag-platform/security/guides/consent */
const TYPES = [
  'ad_storage',
  'ad_personalization',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
] as const;
type Type = (typeof TYPES)[number];
type Choice = 'granted' | 'denied';

/** Follows the `consent` commands of a data layer. */
export interface ConsentMode {
  /** Takes a message of the data layer; returns whether it was a consent command. */
  take(message: object): boolean;
  /** What they say so far; undefined while there was none. */
  signal(): Signal | undefined;
}

/**
 * `default` holds until an `update`. A default for some regions holds wherever it denies, for a page does not know where it is.
 *
 * | what                | is granted by             | where that is not named                                              |
 * | ------------------- | ------------------------- | -------------------------------------------------------------------- |
 * | `cache`             | `functionality_storage`   | `analytics_storage`, else `ad_storage`                               |
 * | `profile`, beside it | `personalization_storage` | `ad_personalization`, `analytics_storage`, `ad_storage`: all named ones, at least one |
 * | events              | `analytics_storage`       | `functionality_storage`, else `ad_storage`                           |
 */
export function consentMode(): ConsentMode {
  const defaults = new Map<Type, Choice>();
  const updates = new Map<Type, Choice>();
  /** Denied by a default for some regions. */
  const regional = new Set<Type>();

  const choiceOf = (type: Type): Choice | undefined =>
    updates.get(type) ?? (regional.has(type) ? 'denied' : defaults.get(type));
  const named = (...types: readonly Type[]): Choice[] =>
    types.map(choiceOf).filter((each) => each !== undefined);
  const first = (...types: readonly Type[]): boolean => named(...types)[0] === 'granted';

  return {
    take(message) {
      const { 0: command, 1: kind, 2: choices } = message as Record<number, unknown>;
      if (command !== 'consent' || typeof choices !== 'object' || choices === null) return false;
      if (kind !== 'default' && kind !== 'update') return false;
      for (const type of TYPES) {
        const choice = (choices as Record<string, unknown>)[type];
        if (choice !== 'granted' && choice !== 'denied') continue;
        if (kind === 'update') updates.set(type, choice);
        else if (!('region' in choices)) defaults.set(type, choice);
        else if (choice === 'denied') regional.add(type);
      }
      return true;
    },
    signal() {
      if (named(...TYPES).length === 0) return undefined;
      const cache = first('functionality_storage', 'analytics_storage', 'ad_storage');
      const others = named('ad_personalization', 'analytics_storage', 'ad_storage');
      const profile =
        choiceOf('personalization_storage') ??
        (others.length > 0 && !others.includes('denied') ? 'granted' : 'denied');
      return {
        consent: !cache ? 'none' : profile === 'granted' ? 'profile' : 'cache',
        events: first('analytics_storage', 'functionality_storage', 'ad_storage'),
        // Where nothing is denied there is nothing to wait for.
        settled: updates.size > 0 || !named(...TYPES).includes('denied'),
      };
    },
  };
}
