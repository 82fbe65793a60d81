import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** What a server does in place of its own answer. */
export type Wrong = (request: IncomingMessage, response: ServerResponse) => void;

/** A server whose answers somebody may spoil. */
export interface FaultyServer {
  readonly port: number;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** Answers by this from now on; undefined is well again. Connections are closed, as where a server was started again. */
  spoil(wrong: Wrong | undefined): void;
  /** Refuses connections until `open`. */
  refuse(): Promise<void>;
  /** Listens again, at the same port. */
  open(): Promise<void>;
  close(): void;
}

/**
 * @param create makes the server: `createServer` of node:http or node:https
 * @param well its own answers
 */
export async function faultyServer(
  create: (answer: RequestListener) => Server & { closeAllConnections(): void },
  well: Wrong,
): Promise<FaultyServer> {
  let answer = well;
  const asked: string[] = [];
  const server = create((request, response) => {
    asked.push(request.url!);
    // A page of any origin may read answers, unless the fault is that it may not.
    response.setHeader('access-control-allow-origin', '*');
    answer(request, response);
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    ...{ port, asked },
    spoil(wrong) {
      answer = wrong ?? well;
      server.closeAllConnections();
    },
    async refuse() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    async open() {
      if (!server.listening) await listen(port);
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
