import { once } from 'node:events';
import { request, type RequestOptions } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { evershelfServe, type ServeProcess } from './evershelfServe.ts';
import { logged } from './logged.ts';
import { raw } from './security/raw.ts';
import { startedService } from './startedService.ts';
import { tempFolder } from './tempFolder.ts';

const AUTHORIZATION = { authorization: 'Bearer secret' };

/** What became of requests. */
interface Outcome {
  /** Routes of those that were answered to the last byte. */
  readonly answered: string[];
  /** How many events were acknowledged. */
  events: number;
  /** How many were answered in part. */
  cut: number;
}

/** Sends requests of all kinds, each over a connection of its own, until none is taken any more. */
async function load(url: string, clients: number): Promise<Outcome> {
  const outcome: Outcome = { answered: [], events: 0, cut: 0 };
  const kinds: [route: string, path: string, options: RequestOptions, body?: object][] = [
    ['/v1/pages/:page', '/v1/pages/7', {}],
    ['/v1/changes', '/v1/changes?since=0', {}],
    ['/v1/items', '/v1/items', { method: 'PUT', headers: AUTHORIZATION }, { items: [{ id: 'a', price: 1 }] }],
    ['/v1/events', '/v1/events', { method: 'POST' }, { events: [{ item: 'a', kind: 'view' }] }],
  ];
  const ask = (path: string, options: RequestOptions, body?: object): Promise<boolean> =>
    new Promise((resolve) => {
      const sent = request(url + path, { agent: false, ...options });
      sent.on('error', () => resolve(false));
      sent.on('response', (answer) => {
        answer.resume();
        answer.on('close', () => {
          if (!answer.complete) outcome.cut++;
          else if (answer.statusCode === 202) outcome.events++;
          resolve(answer.complete);
        });
      });
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const client = async (first: number): Promise<void> => {
    for (let i = first; ; i++) {
      const [route, path, options, body] = kinds[i % kinds.length]!;
      if (!(await ask(path, options, body))) return;
      outcome.answered.push(route);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, i) => client(i)));
  return outcome;
}

async function started(...args: string[]): Promise<{ service: ServeProcess; url: string }> {
  const service = evershelfServe('--port', '0', '--token', 'secret', ...args);
  return { service, url: (await service.url())! };
}

describe('evershelf-serve that is told to end', { timeout: 30_000 }, () => {
  it('cuts no request that it has taken, and loses no event', async () => {
    const data = join(await tempFolder(), 'data');
    const { service, url } = await started('--data', data);
    const ended = load(url, 8);
    await wait(1000);
    service.process.kill('SIGTERM');
    const { answered, events, cut } = await ended;
    expect(await service.ended, service.text()).toBe(0);
    expect(cut).toBe(0);
    const told = service.logged().filter(({ msg }) => msg === 'answered');
    expect(told.map(({ route }) => route).toSorted()).toEqual(answered.toSorted());
    expect(told.length).toBeGreaterThan(20);
    expect(events).toBeGreaterThan(0);
    expect(await logged(join(data, 'events'))).toHaveLength(events);
  });

  it('waits for a body that is on its way, and ends streams', async () => {
    const { service, url } = await started('--memory');
    const stream = await fetch(`${url}/v1/changes/stream`);
    const put = request(`${url}/v1/items`, {
      agent: false,
      method: 'PUT',
      headers: { ...AUTHORIZATION, expect: '100-continue' },
    });
    put.flushHeaders();
    await once(put, 'continue');
    put.write('{"items":[');
    service.process.kill('SIGTERM');
    expect(await stream.text()).toContain('data: ');
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
    put.end('{"id":"a"}]}');
    const [answer] = (await once(put, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode, service.text()).toBe(200);
    expect(await service.ended).toBe(0);
  });

  it('is not ready while it drains, answers all the same, and tells clients to connect elsewhere', async () => {
    const { service, url } = await started('--memory', '--drain', '2');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    service.process.kill('SIGTERM');
    for (;;) {
      const ready = await fetch(`${url}/readyz`);
      const body = await ready.text();
      if (ready.status === 200) continue;
      expect([ready.status, body]).toEqual([503, expect.stringContaining('found the service ending')]);
      break;
    }
    const page = await fetch(`${url}/v1/pages/1`);
    expect(page.status).toBe(200);
    expect(page.headers.get('connection')).toBe('close');
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect(await service.ended).toBe(0);
  });

  it('ends at once at the second signal', async () => {
    const { service } = await started('--memory', '--drain', '60');
    service.process.kill('SIGTERM');
    await expect.poll(() => service.logged().map(({ msg }) => msg), { timeout: 10_000 }).toContain('ending');
    service.process.kill('SIGINT');
    expect(await service.ended).toBeNull();
  });

  it('does not wait for a connection on which nothing was asked', async () => {
    const service = await startedService();
    const { closed } = await raw(service.port);
    // The time after which all are closed, whatever they do, does not come.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      await service.close();
    } finally {
      vi.useRealTimers();
    }
    expect(await closed).toBe('');
  });
});
