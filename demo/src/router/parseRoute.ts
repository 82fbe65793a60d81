import type { Route } from './Route.ts';

/** Which page an address names. */
export function parseRoute(url: URL): Route {
  const [page, ...rest] = segments(url.pathname);
  if (page === undefined) return { page: 'home' };
  if (page === 'category' && rest.length > 0) return { page, path: rest };
  if (page === 'product' && rest.length === 1) return { page, id: rest[0]! };
  if ((page === 'cart' || page === 'checkout') && rest.length === 0) return { page };
  if (page === 'order' && rest.length === 1) return { page, number: rest[0]! };
  if (page === 'search' && rest.length === 0) return { page, words: url.searchParams.get('q') ?? '' };
  return { page: 'missing' };
}

function segments(pathname: string): string[] {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return ['missing'];
  }
}
