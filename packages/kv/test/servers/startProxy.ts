import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Proxy {
  readonly port: number;
  /** The next answer is lost with its connection; the server knows nothing of that. */
  loseAnswer(): Promise<void>;
  stop(): Promise<void>;
}

/** A port of the loopback that leads to another one, and can be a bad network. */
export async function startProxy(to: number): Promise<Proxy> {
  const open = new Set<Socket>();
  let lost: (() => void) | undefined;
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        open.delete(from);
        into.destroy();
      });
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (lost === undefined) near.write(bytes);
      else {
        near.resetAndDestroy();
        lost();
        lost = undefined;
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswer: () =>
      new Promise((resolve) => {
        lost = resolve;
      }),
    async stop() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
