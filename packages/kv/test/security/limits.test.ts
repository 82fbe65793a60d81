import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LIMITS, limitsOf } from '../../src/limitsOf.ts';
import { startedService, TOKEN } from '../startedService.ts';

const clientHeader = 'x-client';
const from = (client: string): Record<string, string> => ({ [clientHeader]: client });
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };

describe('one client', () => {
  it.each(['/v1/pages/1', '/v1/changes', '/livez', '/metrics', '/nothing', '/openapi.json'])(
    'asks for %s so often a minute, and others go on',
    async (path) => {
      const limits = { callsPerMinute: 3 };
      const service = await startedService({ clientHeader, now: () => 1_760_000_000, limits });
      const ask = async (client: string): Promise<number> => (await service.get(path, from(client))).status;
      const first = await ask('192.0.2.1');
      expect([await ask('192.0.2.1'), await ask('192.0.2.1')]).toEqual([first, first]);
      const refused = await service.get(path, from('192.0.2.1'));
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '20']);
      expect(await ask('192.0.2.2')).toBe(first);
    },
  );

  it('opens so many streams, and another once one has ended', async () => {
    const service = await startedService({ clientHeader, limits: { streamsPerClient: 2, streams: 3 } });
    const open = async (client: string): Promise<{ status: number; close(): void }> => {
      const away = new AbortController();
      onTestFinished(() => away.abort());
      const url = `${service.url}/v1/changes/stream`;
      const { status } = await fetch(url, { headers: from(client), signal: away.signal });
      return { status, close: () => away.abort() };
    };
    const [first, second, third] = [
      await open('192.0.2.1'),
      await open('192.0.2.1'),
      await open('192.0.2.1'),
    ];
    expect([first.status, second.status, third.status]).toEqual([200, 200, 429]);
    expect([(await open('192.0.2.2')).status, (await open('192.0.2.2')).status]).toEqual([200, 503]);
    first.close();
    await expect.poll(async () => (await open('192.0.2.1')).status).toBe(200);
  });

  it('leaves no stream open by a HEAD', async () => {
    const service = await startedService({ limits: { streamsPerClient: 1 } });
    for (let k = 0; k < 3; k++) {
      const answer = await fetch(`${service.url}/v1/changes/stream`, { method: 'HEAD' });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    }
    expect((await service.get('/metrics')).text).toContain('\nevershelf_streams 0');
  });

  it('has so many connections, and those of others are taken', async () => {
    const service = await startedService({ limits: { connectionsPerClient: 2 } });
    const open = async (): Promise<Socket> => {
      const socket = connect(service.port, '127.0.0.1').on('error', () => {});
      onTestFinished(() => void socket.destroy());
      await once(socket, 'connect');
      return socket;
    };
    const [first] = [await open(), await open()];
    const third = await open();
    await once(third, 'close');
    first.destroy();
    await expect
      .poll(async () => (await fetch(`${service.url}/livez`).catch(() => undefined))?.status)
      .toBe(200);
  });
});

describe('one token', () => {
  it('writes so often a minute, and another goes on', async () => {
    const service = await startedService({
      now: () => 1_760_000_000,
      tokens: () => ({ write: ['other'], read: [] }),
      limits: { writesPerMinute: 2 },
    });
    const put = async (headers: Record<string, string>): Promise<number> =>
      (await service.send('PUT', '/v1/items', { items: [{ id: 'a' }] }, headers)).status;
    expect([await put(AUTHORIZED), await put(AUTHORIZED), await put(AUTHORIZED)]).toEqual([200, 200, 429]);
    expect(await put({ authorization: 'Bearer other' })).toBe(200);
    expect(await put({ authorization: 'Bearer wrong' })).toBe(401);
  });
});

describe('a request', () => {
  it('has an address of so many characters, and so many headers', async () => {
    const service = await startedService({ limits: { urlLength: 200, headers: 20 } });
    expect((await service.get(`/v1/items?ids=${'a'.repeat(200)}`)).status).toBe(414);
    const many = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, k) => [`x-${k}`, 'y']));
    expect((await service.get('/v1/changes', many(20))).status).toBe(431);
    expect((await service.get('/v1/changes', many(500))).status).toBe(431);
    expect((await service.get('/v1/changes', many(5))).status).toBe(200);
  });

  it.each(['items', 'ids', 'events'])('has a body of few levels: %s', async (name) => {
    const service = await startedService();
    const deep = `{"${name}":${'['.repeat(50_000 / 2)}${']'.repeat(50_000 / 2)}}`;
    const [method, path] = { items: ['PUT', '/v1/items'], ids: ['DELETE', '/v1/items'] }[name] ?? [
      'POST',
      '/v1/events',
    ];
    const inside = `{"${name}":[{"id":"a","item":"a","kind":"view","more":${'{"a":'.repeat(8000)}1${'}'.repeat(8000)}}]}`;
    for (const body of [deep, inside])
      expect(await service.send(method!, path!, body)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining('found a body of over 32 levels') },
      });
  });
});

describe('limits', () => {
  it('are all in one table of docs/service.md, as they are', async () => {
    const page = await readFile(new URL('../../../../docs/service.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `(\w+)` +\| +([\d,]+) \|/gm)].map(([, name, figure]) => [
      name,
      Number(figure!.replaceAll(',', '')),
    ]);
    expect(Object.fromEntries(rows)).toEqual(LIMITS);
    expect(rows).toHaveLength(Object.keys(LIMITS).length);
    const routes = [...page.matchAll(/^\| of the route +\| +([\d,]+) \|/gm)].map(([, figure]) => figure);
    expect(routes).toEqual(['1,000', '100', '200', '4,194,304', '65,536', '32', '40,000']);
  });

  it('are named to the command', () => {
    expect(limitsOf('streams=5, headerSeconds=0.5')).toEqual({ streams: 5, headerSeconds: 0.5 });
    expect(limitsOf('')).toEqual({});
    for (const bad of [
      'stream=5',
      'streams',
      'streams=',
      'streams=0',
      'streams=-1',
      'streams=x',
      'toString=1',
    ])
      expect(limitsOf(bad)).toMatch(/^Found .*, wanted /);
  });
});
