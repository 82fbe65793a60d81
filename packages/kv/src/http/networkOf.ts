import ipaddr from 'ipaddr.js';

/** Bits of an IPv6 address that name a customer's network; within it every device takes any address it likes. */
const NETWORK_BITS = 64;
/** Addresses whose network is remembered. */
const MOST = 10_000;

const known = new Map<string, string | undefined>();

/** What a client is told apart by: an IPv4 address, or the network of an IPv6 one; undefined where the text is no address. */
export function networkOf(text: string): string | undefined {
  if (known.has(text)) return known.get(text);
  const network = read(text);
  if (known.size === MOST) known.clear();
  if (text.length < 64) known.set(text, network);
  return network;
}

function read(text: string): string | undefined {
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  return address.kind() === 'ipv4'
    ? address.toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString()}/${NETWORK_BITS}`).toString();
}
