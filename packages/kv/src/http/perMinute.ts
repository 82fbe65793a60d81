import type { Context } from 'hono';
import { tokenBuckets } from '../events/tokenBuckets.ts';
import { RequestError } from './RequestError.ts';

/**
 * Bounds what each client sends a minute.
 *
 * @param what is counted, as a refusal names it
 * @param now Unix seconds
 * @param by what clients are told apart by, as a refusal names it
 * @returns counts some more of a client; throws a {@link RequestError} where they are too many, and says when they are not
 */
export function perMinute(
  what: string,
  most: number,
  now: () => number,
  by = 'from one address',
): (c: Context, client: string, count: number) => void {
  const take = tokenBuckets(most, now);
  return (c, client, count) => {
    const wait = Math.ceil(take(client, count));
    if (wait === 0) return;
    c.header('Retry-After', String(wait));
    throw new RequestError(
      429,
      `found more than ${most} ${what} a minute ${by}, wanted fewer, send again in ${wait} s`,
    );
  };
}
