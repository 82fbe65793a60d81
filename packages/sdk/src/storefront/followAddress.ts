/** What the Navigation API says of a page's history, where a browser has it. */
type Navigation = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/**
 * Calls back when the page has become another one without being loaded anew, as single-page apps do it: by pushState or
 * replaceState, by going back or forth, or by a hash that is a route.
 *
 * @returns ends it
 */
export function followAddress(moved: () => void): () => void {
  let route = routeOf(location);
  const look = (): void => {
    const now = routeOf(location);
    if (now === route) return;
    route = now;
    moved();
  };
  const ended = new AbortController();
  const { signal } = ended;
  addEventListener('popstate', look, { signal });
  addEventListener('hashchange', look, { signal });
  const { navigation } = globalThis as { navigation?: Navigation };
  if (navigation !== undefined) navigation.addEventListener('currententrychange', look, { signal });
  else signal.addEventListener('abort', followHistory(look));
  return () => ended.abort();
}

/** Looks after each pushState and replaceState. Others may have laid something over ours by the end: then ours stays, and does nothing. */
function followHistory(look: () => void): () => void {
  let follows = true;
  const ends = (['pushState', 'replaceState'] as const).map((name) => {
    const before = history[name];
    const ours: typeof before = function (this: History, ...given) {
      before.apply(this, given);
      if (!follows) return;
      try {
        look();
      } catch (error) {
        // The page has done what it asked for.
        reportError(error);
      }
    };
    history[name] = ours;
    return () => {
      if (history[name] === ours) history[name] = before;
    };
  });
  return () => {
    follows = false;
    for (const end of ends) end();
  };
}

/** The part of an address that says which page it is: a hash does, unless it names a place in the page. */
export function routeOf({ pathname, search, hash }: Location): string {
  const name = hash.slice(1);
  const isPlace = name === '' || name === 'top' || placeOf(name) !== null;
  return pathname + search + (isPlace ? '' : hash);
}

function placeOf(name: string): Element | null {
  let id = name;
  try {
    id = decodeURIComponent(name);
  } catch {}
  return document.getElementById(id) ?? document.getElementsByName(id)[0] ?? null;
}
