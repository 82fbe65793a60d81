import { encodeLive, pairGain } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { EVENT_LIMITS } from '../src/index.ts';
import { type Started, startedService } from './startedService.ts';

const NOW = 1_760_000_000;
const FLOOD = 10_000;
const HONEST = 50;

const clientHeader = 'x-client';
const from = (client: string): Record<string, string> => ({ [clientHeader]: client });
const view = (item: string, session?: string): object => ({ item, kind: 'view', session });

async function liveOf(service: Started, id: string): Promise<number> {
  await service.flush();
  return (await service.get(`/v1/items?ids=${id}`)).body.items[0]!.live?.[0] ?? 0;
}

/** Sends many events by requests of 200, as fast as they are taken. */
async function flood(service: Started, count: number, event: (k: number) => object): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at += 200) {
    const events = Array.from({ length: 200 }, (_, k) => event(at + k));
    statuses.push((await service.post(events, from('203.0.113.9'))).status);
  }
  return statuses;
}

describe('one client', () => {
  it.each([
    ['one session', () => view('pushed', 's')],
    ['many invented sessions', (k: number) => view('pushed', `s${k}`)],
    ['no session', () => view('pushed')],
    [
      'sessions that other items bring to it',
      (k: number) => ({ ...view('pushed', `s${k}`), after: [{ item: 'sold', age: 1 }] }),
    ],
  ])(
    'cannot push an item ahead of one that 50 sessions looked at, by 10,000 events of %s',
    async (_, event) => {
      const service = await startedService({ clientHeader, now: () => NOW, flushSeconds: 1e6 });
      await service.put([{ id: 'pushed' }, { id: 'sold' }]);
      for (let k = 0; k < HONEST; k++)
        await service.post([view('sold', `honest ${k}`)], from(`198.51.100.${k}`));
      const statuses = await flood(service, FLOOD, event);
      expect(statuses.filter((status) => status === 202)).toHaveLength(EVENT_LIMITS.eventsPerMinute / 200);
      expect(statuses.at(-1)).toBe(429);
      expect(await liveOf(service, 'sold')).toBe(encodeLive(HONEST));
      expect(await liveOf(service, 'pushed')).toBeLessThanOrEqual(encodeLive(EVENT_LIMITS.countsPerItem));
      expect((await service.pairs('sold'))['pushed'] ?? 0).toBeLessThanOrEqual(
        EVENT_LIMITS.countsPerPair * pairGain(1).forward,
      );
    },
  );

  it('counts an item again in the next hour, and other items meanwhile, up to 2,000 an hour', async () => {
    let now = NOW;
    const service = await startedService({
      clientHeader,
      now: () => now,
      flushSeconds: 1e6,
      limits: { countsPerItem: 2, countsPerHour: 5 },
    });
    await service.put([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    for (const item of ['a', 'b', 'c'])
      await service.post([view(item), view(item), view(item)], from('10.0.0.1'));
    expect([await liveOf(service, 'a'), await liveOf(service, 'b'), await liveOf(service, 'c')]).toEqual(
      [2, 2, 1].map(encodeLive),
    );
    await service.post([view('a')], from('10.0.0.2'));
    expect(await liveOf(service, 'a')).toBe(encodeLive(3));
    now += 3600;
    await service.post([view('a')], from('10.0.0.1'));
    const left = 2 ** (-1 / 24);
    expect(await liveOf(service, 'a')).toBe(encodeLive(3 * left + 1));
  });

  it('is refused requests beyond 600 a minute, and told when to come again', async () => {
    let now = NOW;
    const limits = { requestsPerMinute: 3 };
    const service = await startedService({ clientHeader, now: () => now, limits });
    const send = async (client: string): Promise<number> =>
      (await service.post([view('a')], from(client))).status;
    expect([await send('a::1'), await send('a::2'), await send('a::3')]).toEqual([202, 202, 202]);
    // A network of IPv6 is one client.
    const refused = await service.post([view('a')], from('a::4'));
    expect(refused).toMatchObject({
      status: 429,
      body: {
        error: 'found more than 3 requests a minute from one address, wanted fewer, send again in 20 s',
      },
    });
    expect(refused.headers.get('retry-after')).toBe('20');
    expect(await send('a:0:0:1::')).toBe(202);
    now += 20;
    expect([await send('a::1'), await send('a::1')]).toEqual([202, 429]);
  });

  it('is refused longer events than make 4,000,000 characters a minute, which would fill the disk of the log', async () => {
    const limits = { charactersPerMinute: 30_000 };
    const service = await startedService({ clientHeader, now: () => NOW, limits });
    const events = Array.from({ length: 60 }, () => ({ ...view('a'), shopper: 'x'.repeat(256) }));
    const send = async (client: string): Promise<number> => (await service.post(events, from(client))).status;
    expect([await send('192.0.2.1'), await send('192.0.2.1'), await send('192.0.2.2')]).toEqual([
      202, 429, 202,
    ]);
    expect((await service.post([view('a')], from('192.0.2.1'))).status).toBe(202);
  });

  it('is who the nearest proxy says, where a header is trusted, and the connection else', async () => {
    const limits = { requestsPerMinute: 1 };
    const trusting = await startedService({ clientHeader, limits });
    expect((await trusting.post([view('a')], from('made up, 192.0.2.1'))).status).toBe(202);
    expect((await trusting.post([view('a')], from('192.0.2.9, 192.0.2.1'))).status).toBe(429);
    expect((await trusting.post([view('a')], from('no address'))).status).toBe(202);
    expect((await trusting.post([view('a')])).status).toBe(429);
    const other = await startedService({ limits });
    expect((await other.post([view('a')], from('192.0.2.1'))).status).toBe(202);
    expect((await other.post([view('a')], from('192.0.2.2'))).status).toBe(429);
  });
});

describe('one session', () => {
  it('counts at most 200 items', async () => {
    const service = await startedService({
      now: () => NOW,
      limits: { itemsPerSession: 2 },
      flushSeconds: 1e6,
    });
    await service.put([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
    await service.post([view('a', 's'), view('b', 's'), view('c', 's'), view('c', 't')]);
    expect([await liveOf(service, 'a'), await liveOf(service, 'b'), await liveOf(service, 'c')]).toEqual(
      [1, 1, 1].map(encodeLive),
    );
  });
});

describe('a bot', () => {
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';
  it.each([
    [
      'Googlebot',
      `${chrome.replace('X11; Linux x86_64', 'compatible; Googlebot/2.1')} Chrome/140.0 Safari/537.36`,
    ],
    ['a browser without a person', `${chrome} HeadlessChrome/140.0.0.0 Safari/537.36`],
  ])('is answered, and its events are left: %s', async (_, agent) => {
    const service = await startedService({ flushSeconds: 1e6 });
    await service.put([{ id: 'a' }]);
    const answer = await service.post([view('a'), view('a')], { 'user-agent': agent });
    expect(answer).toMatchObject({ status: 202, body: { accepted: 0, bots: 2 } });
    expect(await liveOf(service, 'a')).toBe(0);
    expect((await service.get('/metrics')).text).toContain('evershelf_events_left_total{reason="bot"} 2');
  });

  it.each([
    ['a browser', `${chrome} Chrome/140.0.0.0 Safari/537.36`],
    ["a shop's server", 'curl/8.5'],
    ['an app', 'okhttp/4.9'],
  ])('is not %s', async (_, agent) => {
    const service = await startedService();
    expect((await service.post([view('a')], { 'user-agent': agent })).body).toEqual({ accepted: 1 });
  });
});
