/** Where a page is, for comparing addresses that shops write in many ways. */
export interface Place {
  /** Without its last slash. */
  readonly path: string;
  /** What a hash has of a route, or of the choice of a variant, without its last slash: empty for most pages. */
  readonly route: string;
  readonly query: URLSearchParams;
}

/** Undefined where it is no address of a page. Host and scheme do not matter. */
export function placeOf(address: string, base: string): Place | undefined {
  try {
    const { protocol, pathname, hash, searchParams } = new URL(address, base);
    if (!/^(?:https?|file):$/.test(protocol)) return undefined;
    const route = /^#!?\//.test(hash) ? hash.slice(hash.indexOf('/')) : '';
    return {
      path: pathname.replace(/\/(?:index\.\w+)?$/, ''),
      route: route.replace(/\/$/, ''),
      query: searchParams,
    };
  } catch {
    return undefined;
  }
}

/** How surely a place is the page's: 2 where all that it says is so there, 1 where the path is, 0 for another page. */
export function sameness(place: Place, page: Place): 0 | 1 | 2 {
  if (place.path !== page.path) return 0;
  // Where only one of them has a route, it may be the choice of a variant.
  if (place.route !== page.route) return place.route === '' || page.route === '' ? 1 : 0;
  for (const [name, value] of place.query) if (page.query.get(name) !== value) return 1;
  return 2;
}

/**
 * True for the shop's first page: the root of the host, of one of its routers, or of the page's language or region (`/de`, `/en-us`,
 * `/at/de`).
 */
export function isHome({ path, route }: Place, language = ''): boolean {
  const known = new Set(language.toLowerCase().split('-'));
  const names = path.toLowerCase().split(/[/_-]/).filter(Boolean);
  return route === '' && names.length <= 2 && names.every((name) => known.has(name));
}
