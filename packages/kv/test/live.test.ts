import { encodeLive, pageOf, unpackLive } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { type Started, startedService } from './startedService.ts';

const PAGES = 4;
const ONE = encodeLive(1);

async function livePages(service: Started, path = '/v1/live'): ReturnType<typeof read> {
  return await read(await fetch(service.url + path));
}

async function read(
  answer: Response,
): Promise<{ headers: Headers; pages: { revision: number; bytes: number[] }[] }> {
  const pages = unpackLive(new Uint8Array(await answer.arrayBuffer()), PAGES)!;
  return {
    headers: answer.headers,
    pages: pages.map(({ revision, bytes }) => ({ revision, bytes: [...bytes] })),
  };
}

describe('GET /v1/live', () => {
  it('answers the live bytes of each page, in the order of its items, beside its revision', async () => {
    const service = await startedService({ pages: PAGES });
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { revision } = (
      await service.put(
        ids.map((id) => ({ id })),
        { b: [3, 2, 1], e: [9, 8, 7] },
      )
    ).body;
    const { headers, pages } = await livePages(service);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    for (let page = 0; page < PAGES; page++) {
      const { body } = await service.get(`/v1/pages/${page}`);
      expect(pages[page]!.revision).toBe(body.revision);
      const live: Record<string, number[]> = { b: [3, 2, 1], e: [9, 8, 7] };
      expect(pages[page]!.bytes).toEqual(body.items.flatMap(({ item }) => live[item.id] ?? [0, 0, 0]));
    }
    expect((await service.get('/v1/changes')).body.live).toBe(revision);
  });

  it('is counted anew, and may be kept at the address of its revision', async () => {
    const service = await startedService({ pages: PAGES });
    await service.put([{ id: 'a' }, { id: 'b' }]);
    await service.post([{ item: 'a', kind: 'view' }]);
    await service.flush();
    const { live } = (await service.get('/v1/changes')).body;
    const { headers, pages } = await livePages(service, `/v1/live?r=${live}`);
    expect(headers.get('cache-control')).toBe('public, max-age=86400');
    expect(pages[pageOf('a', PAGES)]!.bytes).toContain(ONE);
    const known = { 'if-none-match': headers.get('etag')! };
    expect((await service.get('/v1/live', known)).status).toBe(304);
    await service.put([{ id: 'a', price: 1 }]);
    expect((await service.get('/v1/live', known)).status).toBe(200);
  });

  it('is not to be kept by a service that is behind what was asked for', async () => {
    const service = await startedService({ pages: PAGES });
    const { headers } = await livePages(service, '/v1/live?r=9000000000');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
