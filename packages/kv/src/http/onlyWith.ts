import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { RequestError } from './RequestError.ts';

/** Lets requests through that carry the token; all are refused where the service has none. */
export function onlyWith(token: string | undefined): MiddlewareHandler {
  const wanted = token === undefined || token === '' ? undefined : digest(token);
  return async (c, next) => {
    if (wanted === undefined)
      throw new RequestError(
        403,
        'found a service without a token, which refuses writes, start it with --token or EVERSHELF_TOKEN',
      );
    const given = /^Bearer +(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), wanted)) {
      c.header('WWW-Authenticate', 'Bearer realm="evershelf"');
      throw new RequestError(
        401,
        `found ${given === undefined ? 'no token' : 'a wrong token'}, wanted this service's, ` +
          'send it as "Authorization: Bearer TOKEN"',
      );
    }
    await next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
