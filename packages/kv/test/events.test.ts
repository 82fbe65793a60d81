import { join } from 'node:path';
import { encodeLive, PAIR_WINDOW, pageOf } from '@evershelf/model';
import { describe, expect, it, vi } from 'vitest';
import { eventFolder, lmdbStore } from '../src/index.ts';
import { logged } from './logged.ts';
import { type Started, startedService } from './startedService.ts';
import { tempFolder } from './tempFolder.ts';

const NOW = 1_760_000_000;
const DAY = 86_400;

async function liveOf(service: Started, id: string): Promise<readonly number[] | undefined> {
  return (await service.get(`/v1/items?ids=${id}`)).body.items[0]!.live;
}

describe('POST /v1/events', () => {
  it('logs events as lines that training reads', async () => {
    const folder = join(await tempFolder(), 'deep/events');
    const service = await startedService({ events: await eventFolder(folder), now: () => NOW });
    const answer = await service.post([
      { id: 'e', time: NOW - 60.5, item: '007', kind: 'purchase', quantity: 3, session: 's', shopper: 'u' },
      { item: 'unknown\nitem', kind: 'view', session: null },
    ]);
    expect(answer).toMatchObject({ status: 202, body: { accepted: 2 } });
    expect(await logged(folder)).toEqual([
      {
        timestamp: NOW - 60.5,
        item_id: '007',
        event_type: 'purchase',
        quantity: 3,
        session_id: 's',
        user_id: 'u',
        event_id: 'e',
      },
      {
        timestamp: NOW,
        item_id: 'unknown\nitem',
        event_type: 'view',
        quantity: 1,
        session_id: null,
        user_id: null,
      },
    ]);
  });

  it.each(['text/plain;charset=UTF-8', 'application/json'])(
    'takes bodies of %s without a token',
    async (type) => {
      const service = await startedService();
      const body = { events: [{ item: 'a', kind: 'view' }] };
      const answer = await service.send('POST', '/v1/events', body, { 'content-type': type });
      expect(answer.status).toBe(202);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    },
  );

  it("puts the server's clock where the time is absent or more than a day off", async () => {
    const folder = await tempFolder();
    const service = await startedService({ events: await eventFolder(folder), now: () => NOW });
    const times = [undefined, null, 0, NOW - DAY - 1, NOW + DAY + 1, NOW * 1000, NOW - DAY, NOW + DAY];
    await service.post(times.map((time) => ({ time, item: 'a', kind: 'view' })));
    const lines = await logged(folder);
    expect(lines.map(({ timestamp }) => timestamp)).toEqual([
      NOW,
      NOW,
      NOW,
      NOW,
      NOW,
      NOW,
      NOW - DAY,
      NOW + DAY,
    ]);
  });

  it('leaves bad events out and takes the good ones', async () => {
    const service = await startedService();
    const good = { item: 'a', kind: 'view' };
    const bad = [
      'text',
      { kind: 'view' },
      { ...good, item: '' },
      { ...good, item: 'x'.repeat(257) },
      { ...good, item: 7 },
      { ...good, id: 7 },
      { ...good, id: 'x'.repeat(65) },
      { item: 'a' },
      { ...good, kind: 'k'.repeat(65) },
      { ...good, quantity: 0 },
      { ...good, quantity: '2' },
      { ...good, time: 'now' },
      { ...good, session: 5 },
      { ...good, shopper: 'x'.repeat(257) },
      { ...good, after: 'b' },
      { ...good, after: Array.from({ length: PAIR_WINDOW + 1 }, (_, i) => ({ item: `${i}`, age: 0 })) },
      { ...good, after: [{ item: 'b', age: 1 }, null] },
      { ...good, after: [{ item: '', age: 1 }] },
      { ...good, after: [{ item: 'b' }] },
      { ...good, after: [{ item: 'b', age: -1 }] },
      { ...good, after: [{ item: 'b', age: 0.5 }] },
      { ...good, after: [{ item: 'b', age: PAIR_WINDOW + 1 }] },
    ];
    const mixed = await service.send('POST', '/v1/events', { events: [...bad, good] });
    expect(mixed).toMatchObject({ status: 202, body: { accepted: 1, refused: bad.length } });
    expect(mixed.body.events[1]).toEqual({ at: 1, message: 'item: wanted a text of 1 to 256 characters' });
    const after = await service.send('POST', '/v1/events', { events: [good, ...bad.slice(-8, -3)] });
    expect(after.body.events.map(({ message }) => message)).toEqual([
      'after: wanted a list of at most 10 {"item", "age"}',
      'after: wanted a list of at most 10 {"item", "age"}',
      'after[1].item: wanted a text of 1 to 256 characters',
      'after[0].item: wanted a text of 1 to 256 characters',
      'after[0].age: wanted a whole number of moments, 0 to 10',
    ]);
    const none = await service.send('POST', '/v1/events', { events: bad });
    expect(none).toMatchObject({ status: 400, body: { error: 'found 22 bad events and no good one' } });
  });

  it('takes 200 events and 64 KiB', async () => {
    const service = await startedService();
    const events = (count: number, shopper: string): object[] =>
      Array.from({ length: count }, () => ({ item: 'a', kind: 'view', shopper }));
    expect((await service.post(events(200, 'x'))).body).toEqual({ accepted: 200 });
    expect((await service.post(events(201, 'x'))).status).toBe(400);
    expect((await service.post([])).status).toBe(400);
    expect((await service.post(events(200, 'x'.repeat(300)))).status).toBe(413);
    expect((await service.send('POST', '/v1/events', 'no JSON')).status).toBe(400);
  });
});

describe('live counters', () => {
  it('count events, and reach browsers as one revision that leaves the pages alone', async () => {
    const service = await startedService({ now: () => NOW, flushSeconds: 1e6 });
    const { revision } = (await service.put([{ id: 'a' }, { id: 'b' }, { id: 'c' }])).body;
    await service.post([{ item: 'a', kind: 'view' }]);
    await service.post([
      { item: 'a', kind: 'view' },
      { item: 'a', kind: 'cart' },
      { item: 'b', kind: 'view' },
      { item: 'stranger', kind: 'view' },
    ]);
    expect(await liveOf(service, 'a')).toBeUndefined();
    const path = `/v1/pages/${pageOf('a', 256)}`;
    const etag = (await service.get(path)).headers.get('etag')!;

    await service.flush();
    expect((await service.get('/v1/items?ids=a')).body.items).toEqual([
      { item: { id: 'a' }, revision, live: Array(3).fill(encodeLive(3)) },
    ]);
    expect((await service.get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await service.get(`/v1/changes?since=${revision}`)).body).toMatchObject({
      revision: revision + 1,
      changed: [],
      live: revision + 1,
    });
    await service.flush();
    expect((await service.get('/healthz')).body.revision).toBe(revision + 1);
  });

  it('are flushed by themselves, a while after the first event', async () => {
    const service = await startedService({ flushSeconds: 0.05 });
    const { revision } = (await service.put([{ id: 'a' }])).body;
    await Promise.all(Array.from({ length: 10 }, () => service.post([{ item: 'a', kind: 'view' }])));
    await vi.waitFor(async () => expect(await liveOf(service, 'a')).toEqual(Array(3).fill(encodeLive(10))));
    expect((await service.get('/healthz')).body.revision).toBeLessThan(revision + 10);
  });

  it('count an item once for each session, as training does', async () => {
    const service = await startedService({ now: () => NOW });
    await service.put([{ id: 'a' }]);
    for (const session of ['s', 's', 't']) await service.post([{ item: 'a', kind: 'view', session }]);
    await service.flush();
    expect(await liveOf(service, 'a')).toEqual(Array(3).fill(encodeLive(2)));
  });

  it('decay with half-lives of 1, 5 and 20 days', async () => {
    let now = NOW;
    const service = await startedService({ now: () => now });
    const { revision } = (await service.put([{ id: 'a' }], { a: [160, 160, 160] })).body;
    const count = Math.expm1(160 / 16);
    now += 20 * DAY;
    await service.age();
    const aged = [count / 2 ** 20, count / 2 ** 4, count / 2].map(encodeLive);
    expect(await liveOf(service, 'a')).toEqual(aged);
    expect((await service.get('/v1/changes')).body.revision).toBe(revision + 1);
    await service.age();
    expect((await service.get('/v1/changes')).body.revision).toBe(revision + 1);

    await service.post([{ time: now - DAY, item: 'a', kind: 'view' }]);
    await service.flush();
    const after = [count / 2 ** 20 + 1 / 2, count / 2 ** 4 + 2 ** (-1 / 5), count / 2 + 2 ** (-1 / 20)];
    expect(await liveOf(service, 'a')).toEqual(after.map(encodeLive));
  });

  it('disappear when nothing is left of them', async () => {
    let now = NOW;
    const service = await startedService({ now: () => now });
    await service.put([{ id: 'a' }], { a: [1, 1, 1] });
    now += 100 * DAY;
    await service.age();
    expect(await liveOf(service, 'a')).toBeUndefined();
  });

  it('start anew where a publication brings other bytes, and run on where it brings the same', async () => {
    const service = await startedService({ now: () => NOW });
    await service.put([{ id: 'a' }], { a: [20, 20, 20] });
    await service.post([{ item: 'a', kind: 'view' }]);
    await service.flush();
    const counted = Array(3).fill(encodeLive(Math.expm1(20 / 16) + 1));
    await service.put([{ id: 'a' }], { a: [20, 20, 20] });
    expect(await liveOf(service, 'a')).toEqual(counted);
    await service.put([{ id: 'a' }], { a: [30, 30, 30] });
    expect(await liveOf(service, 'a')).toEqual([30, 30, 30]);
  });

  it('are flushed when the service closes, and go on after a restart', async () => {
    const file = join(await tempFolder(), 'items.mdb');
    let now = NOW;
    const first = await startedService({ store: await lmdbStore(file), now: () => now });
    await first.put([{ id: 'a' }]);
    await first.post(Array.from({ length: 10 }, () => ({ item: 'a', kind: 'view' })));
    await first.close();
    now += DAY;
    const second = await startedService({ store: await lmdbStore(file), now: () => now });
    await second.age();
    expect(await liveOf(second, 'a')).toEqual([5, 10 * 2 ** (-1 / 5), 10 * 2 ** (-1 / 20)].map(encodeLive));
  });

  it('forget events of items that were deleted before they were flushed', async () => {
    const service = await startedService({ now: () => NOW });
    await service.put([{ id: 'a' }]);
    await service.post([{ item: 'a', kind: 'view' }]);
    await service.remove(['a']);
    await service.flush();
    expect((await service.get('/healthz')).body.items).toBe(0);
    await service.put([{ id: 'a' }]);
    expect(await liveOf(service, 'a')).toBeUndefined();
  });
});
