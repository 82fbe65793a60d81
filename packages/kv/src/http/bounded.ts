import type { MiddlewareHandler } from 'hono';
import { clientOf, type Connection } from './clientOf.ts';
import { perMinute } from './perMinute.ts';
import { RequestError } from './RequestError.ts';
import type { RequestLimits } from './RequestLimits.ts';

/**
 * Lets requests through that are not too many of one client, nor too large before their body, nor to be seen in two ways.
 *
 * @param clientHeader says who sent a request, set by a proxy in front
 * @param now Unix seconds
 */
export function bounded(
  { callsPerMinute, urlLength, headers: most }: RequestLimits,
  clientHeader: string | undefined,
  now: () => number,
): MiddlewareHandler<{ Bindings: Connection }> {
  const boundCalls = perMinute('requests', callsPerMinute, now);
  return (c, next) => {
    boundCalls(c, clientOf(c, clientHeader), 1);
    const { fault, headers = 0 } = c.env;
    if (fault !== undefined) throw new RequestError(400, fault);
    const { length } = c.req.url;
    if (length > urlLength)
      throw new RequestError(
        414,
        `found an address of ${length} characters, wanted at most ${urlLength}, ask for less at once`,
      );
    if (headers > most)
      throw new RequestError(431, `found more than ${most} headers, wanted at most so many`);
    return next();
  };
}
