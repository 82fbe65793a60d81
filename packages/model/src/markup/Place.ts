/** Where a page is, for comparing addresses that shops write in many ways. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Undefined where it is no address. Host and scheme do not matter; a route in the hash does. */
export function placeOf(address: string, base: string): Place | undefined {
  try {
    const { pathname, hash, searchParams } = new URL(address, base);
    const route = /^#!?\//.test(hash) ? hash.slice(hash.indexOf('/')) : '';
    return {
      path: (pathname.replace(/\/(?:index\.\w+)?$/, '') + route).replace(/\/$/, ''),
      query: searchParams,
    };
  } catch {
    return undefined;
  }
}

/** How surely a place is the page's: 2 where all that it says is so there, 1 where only the path is, 0 for another page. */
export function sameness(place: Place, page: Place): 0 | 1 | 2 {
  if (place.path !== page.path) return 0;
  for (const [name, value] of place.query) if (page.query.get(name) !== value) return 1;
  return 2;
}

/** True for the shop's first page: the root of the host, of one of its languages, or of one of its routers. */
export function isHome({ path }: Place): boolean {
  return /^(?:\/[a-z]{2}(?:[-_][a-z]{2})?)?$/i.test(path);
}
