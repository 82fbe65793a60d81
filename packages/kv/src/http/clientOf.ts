import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';

/** What a server knows of a request beside what Fetch says. */
export interface Connection {
  /** Network address of the other end. */
  readonly address?: string | undefined;
}

/** Bits of an IPv6 address that name a customer's network; within it every device takes any address it likes. */
const NETWORK_BITS = 64;

/**
 * Who sends a request, as a network address: the connection's, or the last one that a trusted header names, which is what the
 * nearest proxy saw. Who hides both is one client with all others who do.
 *
 * @param header set by a proxy on every request, whatever the client sent
 */
export function clientOf(c: Context<{ Bindings: Connection }>, header: string | undefined): string {
  const named = header === undefined ? undefined : c.req.header(header)?.split(',').at(-1)?.trim();
  return networkOf(named ?? '') ?? networkOf(c.env.address ?? '') ?? '';
}

function networkOf(text: string): string | undefined {
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  return address.kind() === 'ipv4'
    ? address.toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString()}/${NETWORK_BITS}`).toString();
}
