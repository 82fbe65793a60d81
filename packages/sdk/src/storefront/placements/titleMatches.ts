import type { Shelf } from '../../types.ts';
import { matchTitles } from './matchTitles.ts';

type Found = ReturnType<typeof matchTitles>;

/** By shelf, and by what was searched for. */
const known = new WeakMap<object, Map<string, Found>>();

/** As `matchTitles`, of all that a shelf has: looked for once for each text, and again where the shop has changed. */
export function titleMatches(shelf: Pick<Shelf, 'items' | 'on'>, text: string): Found {
  let searches = known.get(shelf);
  if (searches === undefined) {
    const made = new Map<string, Found>();
    shelf.on('improved', () => made.clear());
    known.set(shelf, (searches = made));
  }
  let found = searches.get(text);
  if (found === undefined) searches.set(text, (found = matchTitles(shelf.items(), text)));
  return found;
}
