import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection on which anything can be sent. */
export interface Raw {
  readonly socket: Socket;
  send(text: string): void;
  /** What came so far. */
  text(): string;
  /** The statuses of what was answered so far. */
  statuses(): number[];
  /** What came, once the other end has closed it. */
  readonly closed: Promise<string>;
}

/** Opens a connection to this machine; it is closed when the test has ended. */
export async function raw(port: number): Promise<Raw> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  const closed = new Promise<string>((resolve) => {
    socket.on('error', () => {}).on('close', () => resolve(text));
  });
  await once(socket, 'connect');
  return {
    socket,
    send: (bytes) => void socket.write(bytes, 'latin1'),
    text: () => text,
    statuses: () => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)),
    closed,
  };
}
