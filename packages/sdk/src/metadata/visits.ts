import { randomName } from './randomName.ts';

/** In the tab's own storage, which goes with the tab. */
const KEY = 'evershelf-visit';
/** Seconds without an event after which the next one begins a visit, as web analytics count them. */
const PAUSE = 1800;

/**
 * Names visits, by random names that say nothing of the shopper.
 *
 * @param keeps whether a visit outlives the page, in this tab; else it ends with the page, and what an earlier one kept is forgotten
 * @returns the name of the visit that an event belongs to, by its time in Unix seconds
 */
export function visits(keeps: boolean): (time: number) => string {
  let held = '';
  if (!keeps) attempt(() => sessionStorage.removeItem(KEY));
  return (time) => {
    if (keeps) attempt(() => (held = sessionStorage.getItem(KEY) ?? held));
    const [name, last] = held.split(' ');
    const visit = Math.abs(time - Number(last)) < PAUSE ? name! : randomName();
    held = `${visit} ${time}`;
    if (keeps) attempt(() => sessionStorage.setItem(KEY, held));
    return visit;
  };
}

/** Where a browser keeps nothing for a site, to ask for its storage throws. */
function attempt(use: () => unknown): void {
  try {
    use();
  } catch {}
}
