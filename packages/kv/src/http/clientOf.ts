import type { Context } from 'hono';
import { networkOf } from './networkOf.ts';

/** What a server knows of a request beside what Fetch says. */
export interface Connection {
  /** Network address of the other end. */
  readonly address?: string | undefined;
  /** How many headers the request has, where the server has counted them. */
  readonly headers?: number | undefined;
  /** Why its end, or whom it is for, could be seen in two ways, or that of one before it on its connection. */
  readonly fault?: string | undefined;
}

/**
 * Who sends a request, as a network address: the connection's, or the last one that a trusted header names, which is what the
 * nearest proxy saw. Who hides both is one client with all others who do.
 *
 * @param header set by a proxy on every request, whatever the client sent
 */
export function clientOf(c: Context, header: string | undefined): string {
  const named = header === undefined ? undefined : c.req.header(header)?.split(',').at(-1)?.trim();
  return networkOf(named ?? '') ?? networkOf((c.env as Connection).address ?? '') ?? '';
}
