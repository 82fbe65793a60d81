import type { Server, ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionLimits } from './ConnectionLimits.ts';
import { networkOf } from './http/networkOf.ts';

/** How often connections are looked at that take too long, as a part of the shortest limit, and at most in milliseconds. */
const LOOK = { part: 0.1, most: 1000 };

/** What a server is made with, so that it keeps the limits. */
export function serverOptions(limits: ConnectionLimits): ServerOptions {
  const [headersTimeout, requestTimeout] = [limits.headerSeconds * 1000, limits.requestSeconds * 1000];
  const shortest = Math.min(headersTimeout, requestTimeout);
  return {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: shortest,
    requestTimeout,
    keepAliveTimeout: limits.idleSeconds * 1000,
    connectionsCheckingInterval: Math.max(1, Math.min(LOOK.most, shortest * LOOK.part)),
    // Two lengths, a length beside chunks, a line that goes on: each is refused by Node's strict parser alone.
    insecureHTTPParser: false,
    // Node would refuse one without a host, and go on with what stands behind it.
    requireHostHeader: false,
  };
}

/**
 * Bounds how many connections there are, and closes those that are silent.
 *
 * @param perClient whether a connection's other end is a client, and no proxy
 * @param headers of a request; the server counts no more than one over
 */
export function guardConnections(
  server: Server,
  limits: ConnectionLimits,
  headers: number,
  perClient: boolean,
): void {
  server.maxConnections = limits.connections;
  server.maxHeadersCount = headers + 1;
  server.setTimeout(limits.silentSeconds * 1000);
  const byClient = new Map<string, number>();
  if (perClient)
    server.on('connection', (socket: Socket) => {
      const client = networkOf(socket.remoteAddress ?? '') ?? '';
      const own = (byClient.get(client) ?? 0) + 1;
      byClient.set(client, own);
      socket.once('close', () => {
        const left = byClient.get(client)! - 1;
        if (left === 0) byClient.delete(client);
        else byClient.set(client, left);
      });
      if (own > limits.connectionsPerClient) socket.destroy();
    });
}
