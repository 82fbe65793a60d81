import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Closes the connections of a server on which nothing is under way.
 *
 * Node's `closeIdleConnections` leaves those on which nothing was ever asked, and browsers open such ahead of what they may ask.
 */
export function idleConnections(server: Server): { close(): void } {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    close() {
      server.closeIdleConnections();
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    },
  };
}
