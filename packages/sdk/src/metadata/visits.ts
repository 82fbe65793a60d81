import { attempt } from '../attempt.ts';
import { randomName } from './randomName.ts';

/** In the tab's own storage, which goes with the tab. */
const KEY = 'evershelf-visit';
/** Seconds without an event after which the next one begins a visit, as web analytics count them. */
const PAUSE = 1800;

/** Names visits, by random names that say nothing of the shopper. */
export interface Visits {
  /** The name of the visit that an event belongs to, by its time in Unix seconds. */
  at(time: number): string;
  /** Forgets the name; the next one ends with the page. */
  forget(): void;
}

/**
 * @param keeps whether a visit outlives the page, in this tab; else it ends with the page, and what an earlier one kept is forgotten
 * @param spares whether that is left all the same
 */
export function visits(keeps: boolean, spares = false): Visits {
  let held = '';
  let kept = keeps;
  const forget = (): void => {
    held = '';
    kept = false;
    attempt(() => sessionStorage.removeItem(KEY));
  };
  if (!keeps && !spares) forget();
  return {
    at(time) {
      if (kept) attempt(() => (held = sessionStorage.getItem(KEY) ?? held));
      const [name, last] = held.split(' ');
      const visit = Math.abs(time - Number(last)) < PAUSE ? name! : randomName();
      held = `${visit} ${time}`;
      if (kept) attempt(() => sessionStorage.setItem(KEY, held));
      return visit;
    },
    forget,
  };
}
