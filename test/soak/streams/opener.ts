import { connect, type Socket } from 'node:net';

/** A process that holds streams of changes open: `fork` it, send an `Order`, then hear what became of them. */

export interface Order {
  readonly port: number;
  readonly streams: number;
}

/** How many streams are open and have said where the shop stands, and how many have told of a revision or a later one. */
export interface Heard {
  readonly open: number;
  readonly closed: number;
  /** By revision, those that told of it, and when the last one did, in milliseconds since 1970. */
  readonly told: Readonly<Record<number, { readonly streams: number; readonly last: number }>>;
}

/** Connections that are opened at once. */
const AT_ONCE = 100;

const heard = { open: 0, closed: 0, told: {} as Record<number, { streams: number; last: number }> };
const sockets: Socket[] = [];

process.on('message', (message: Order | 'heard' | 'half') => {
  if (message === 'heard') process.send!(heard satisfies Heard);
  else if (message === 'half') for (const socket of sockets.splice(0, sockets.length / 2)) socket.destroy();
  else for (let k = 0; k < AT_ONCE; k++) void openAll(message);
});
process.once('disconnect', () => process.exit());

let begun = 0;
async function openAll({ port, streams }: Order): Promise<void> {
  while (begun < streams) {
    const number = begun++;
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      let isOpen = false;
      let rest = '';
      socket.setEncoding('latin1').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop()!;
        for (const line of lines) {
          const revision = Number(/^id: (\d+)/.exec(line)?.[1] ?? 0);
          if (revision === 0) continue;
          if (!isOpen) heard.open++;
          isOpen = true;
          const told = (heard.told[revision] ??= { streams: 0, last: 0 });
          told.streams++;
          told.last = Date.now();
          resolve();
        }
      });
      socket.on('error', () => {});
      socket.once('close', () => {
        heard.closed++;
        resolve();
      });
      socket.write(
        `GET /v1/changes/stream HTTP/1.1\r\nhost: shop\r\nx-client: 10.1.${number >> 8}.${number & 255}\r\n\r\n`,
      );
    });
  }
}
