import { describe, expect, it } from 'vitest';
import { memoryStore, startService } from '../../src/index.ts';
import { type Started, startedService, TOKEN } from '../startedService.ts';

const SHOP = 'https://shop.example';
const WWW = 'https://www.shop.example:8443';
const FOREIGN = [
  'https://evil.example',
  'http://shop.example',
  'https://shop.example.evil.example',
  'https://shop.example:444',
  'https://SHOP.example',
  `${SHOP}, ${SHOP}`,
  'null',
  '*',
];
const EVENTS = { events: [{ item: 'a', kind: 'view' }] };

async function shop(): Promise<Started> {
  const service = await startedService({ origins: [SHOP, WWW] });
  await service.put([{ id: 'a' }]);
  return service;
}

const preflight = (service: Started, origin: string): Promise<Response> =>
  fetch(`${service.url}/v1/events`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });

describe('a service with a list of origins', () => {
  it.each([SHOP, WWW])('lets pages of %s read and send', async (origin) => {
    const service = await shop();
    const asked = await preflight(service, origin);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    for (const answer of [
      await service.get('/v1/pages/1', { origin }),
      await service.get('/v1/pages/9999', { origin }),
      await service.send('POST', '/v1/events', EVENTS, { origin, 'content-type': 'text/plain' }),
    ]) {
      expect(answer.status).toBeLessThan(405);
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('vary')).toMatch(/\bOrigin$/);
    }
  });

  it.each(FOREIGN)('lets pages of %s neither read nor send', async (origin) => {
    const service = await shop();
    expect((await preflight(service, origin)).status).toBe(403);
    const read = await service.get('/v1/pages/1', { origin });
    // The browser keeps it from the page; a cache may not answer the shop's with it.
    expect(read.status).toBe(200);
    expect(read.headers.get('vary')).toBe('Accept, Accept-Encoding, Origin');
    const refused = [
      await service.send('POST', '/v1/events', EVENTS, { origin, 'content-type': 'text/plain' }),
      await service.send(
        'PUT',
        '/v1/items',
        { items: [{ id: 'b' }] },
        { origin, authorization: `Bearer ${TOKEN}` },
      ),
      await service.send('DELETE', '/v1/items', { ids: ['a'] }, { origin, authorization: `Bearer ${TOKEN}` }),
    ];
    for (const { status } of refused) expect(status).toBe(403);
    for (const { headers, text } of [read, ...refused]) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect([...headers.values(), text].join()).not.toContain('evil');
      expect(headers.get('vary')).toMatch(/\bOrigin$/);
    }
    expect((await service.get('/healthz')).body.items).toBe(1);
  });

  it("answers what has no origin, as a shop's own server", async () => {
    const service = await shop();
    const read = await service.get('/v1/changes');
    expect(read.status).toBe(200);
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
    expect(read.headers.get('vary')).toBe('Accept-Encoding, Origin');
    expect((await service.post([{ item: 'a', kind: 'view' }])).status).toBe(202);
  });

  it.each(['null', '*', 'shop.example', `${SHOP}/`, `${SHOP}/page`, 'HTTPS://shop.example', 'file://x', ''])(
    'does not start with %j in it',
    async (origin) => {
      await expect(startService({ store: memoryStore(), port: 0, origins: [SHOP, origin] })).rejects.toThrow(
        /^origins: found .*, wanted https:\/\/HOST/,
      );
    },
  );
});

describe('a service without one', () => {
  it('lets pages of any origin read, and repeats none', async () => {
    const service = await startedService();
    const read = await service.get('/v1/pages/1', { origin: 'https://any.example' });
    expect(read.headers.get('access-control-allow-origin')).toBe('*');
    expect(read.headers.get('vary')).toBe('Accept, Accept-Encoding');
    expect(read.headers.get('access-control-allow-credentials')).toBeNull();
  });
});
