import type { MiddlewareHandler } from 'hono';
import { ServiceError } from '../ServiceError.ts';
import { RequestError } from './RequestError.ts';
import type { Variables } from './Variables.ts';

/** What a page of another origin may do, for a day. */
const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET,HEAD,PUT,POST,DELETE',
  'Access-Control-Allow-Headers': 'If-None-Match,Content-Type,Authorization',
  'Access-Control-Max-Age': '86400',
};

/** Lets a page read an answer's ETag. */
const EXPOSED = { 'Access-Control-Expose-Headers': 'ETag' };

/** Lets pages of any origin read an answer. */
export const ANY_ORIGIN: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  ...EXPOSED,
};

/** Methods that change nothing: a page of an origin that is not listed may send them, and the browser keeps the answer from it. */
const HARMLESS = new Set(['GET', 'HEAD']);

/**
 * Lets pages of the listed origins ask and read, of any origin where there is no list. What a browser sends without asking first, as
 * `sendBeacon` does, is refused by its `Origin`; what has none comes from no page.
 *
 * @throws {ServiceError} where a listed one is no origin
 */
export function origins(list: readonly string[] | undefined): MiddlewareHandler<{ Variables: Variables }> {
  const listed = list === undefined ? undefined : new Set(list.map(originOf));
  return async (c, next) => {
    const origin = c.req.header('origin');
    const isListed = origin === undefined || listed === undefined || listed.has(origin);
    const shared = listed === undefined ? ANY_ORIGIN : listedHeaders(isListed ? origin : undefined);
    c.set('shared', shared);
    if (!isListed && !HARMLESS.has(c.req.method))
      throw new RequestError(
        403,
        "found a page of an origin that is not listed, wanted one of the service's --origins",
      );
    if (c.req.method === 'OPTIONS') return c.body(null, 204, { ...PREFLIGHT, ...shared });
    await next();
  };
}

function listedHeaders(origin: string | undefined): Record<string, string> {
  const allowed = origin === undefined ? {} : { 'Access-Control-Allow-Origin': origin, ...EXPOSED };
  return { Vary: 'Origin', ...allowed };
}

/** An origin as browsers send it. `null`, that of any sandboxed page, is none. */
function originOf(text: string): string {
  const given = text.trim();
  if (!/^https?:/.test(given) || !URL.canParse(given) || new URL(given).origin !== given)
    throw new ServiceError(
      `origins: found ${JSON.stringify(given)}, wanted https://HOST or http://HOST:PORT, as browsers send it: in small letters, without a path`,
    );
  return given;
}
