import { describe, expect, it } from 'vitest';
import { type Started, startedService } from '../startedService.ts';
import { type Raw, raw } from './raw.ts';

const LIMITS = { headerSeconds: 0.3, requestSeconds: 0.6, idleSeconds: 0.3, silentSeconds: 0.3 };
const HEAD = 'POST /v1/events HTTP/1.1\r\nHost: a\r\n';

/** Sends a byte at a time, a hundred a second, for as long as the other end takes them; never a whole request. */
function drip(connection: Raw, text: string): void {
  let at = 0;
  const timer = setInterval(() => connection.send(text[at++ % text.length]!), 10);
  connection.socket.once('close', () => clearInterval(timer));
}

/** Asks as others would until all of these connections are closed, and holds that each was answered. */
async function servedMeanwhile(service: Started, slow: readonly Raw[]): Promise<void> {
  do expect((await service.get('/v1/changes')).status).toBe(200);
  while (slow.some(({ socket }) => !socket.closed));
}

const SLOW: [what: string, send: (connection: Raw) => void][] = [
  ['nothing at all', () => {}],
  ['half a line', ({ send }) => send('POST /v1/ev')],
  ['its headers byte by byte', (connection) => drip(connection, 'GET /v1/changes HTTP/1.1\r\nX-A: b')],
  [
    'headers without end',
    (connection) => {
      connection.send(HEAD);
      drip(connection, 'X-A: b\r\n');
    },
  ],
  [
    'its body byte by byte',
    (connection) => {
      connection.send(`${HEAD}Content-Length: 60000\r\n\r\n`);
      drip(connection, 'x');
    },
  ],
  [
    'chunks of a byte',
    (connection) => {
      connection.send(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
      drip(connection, '1\r\nx\r\n');
    },
  ],
  ['no body after its headers', ({ send }) => send(`${HEAD}Content-Length: 10\r\n\r\n`)],
];

describe('a client that is slow', () => {
  it.each(SLOW)('is closed, and others are served meanwhile: %s', async (_, send) => {
    const service = await startedService({ limits: LIMITS });
    const connection = await raw(service.port);
    send(connection);
    await servedMeanwhile(service, [connection]);
    for (const status of connection.statuses()) expect([400, 408]).toContain(status);
  });

  it('is closed between two requests', async () => {
    const service = await startedService({ limits: LIMITS });
    const connection = await raw(service.port);
    connection.send('GET /livez HTTP/1.1\r\nHost: a\r\n\r\n');
    await connection.closed;
    expect(connection.statuses()).toEqual([200]);
  });

  it('is closed where it reads nothing of what it asked for', async () => {
    const service = await startedService({ limits: LIMITS });
    const ids = Array.from({ length: 100 }, (_, k) => `item-${k}`);
    await service.put(ids.map((id) => ({ id, title: 'x'.repeat(4000) })));
    const { socket, send } = await raw(service.port);
    socket.pause();
    send(`GET /v1/items?ids=${ids.join()} HTTP/1.1\r\nHost: a\r\n\r\n`.repeat(100));
    // Who reads nothing is not told: it hears of it when it sends more.
    const isClosed = (): boolean => {
      socket.write('x');
      return socket.destroyed;
    };
    await expect.poll(isClosed, { interval: 700, timeout: 12_000 }).toBe(true);
  });

  it('is one of a thousand that only connect, and others are served meanwhile', async () => {
    const service = await startedService({ limits: { ...LIMITS, connectionsPerClient: 2000 } });
    const idle = await Promise.all(Array.from({ length: 1000 }, () => raw(service.port)));
    await servedMeanwhile(service, idle);
  });
});
