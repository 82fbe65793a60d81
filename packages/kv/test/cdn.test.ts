import { type ChangesAnswer, PACKED_PAGE, type PageAnswer } from '@evershelf/model';
import { expect, it, vi } from 'vitest';
import { describeWith } from './servers/describeWith.ts';
import { missingNginx } from './servers/missingNginx.ts';
import { startNginx } from './servers/startNginx.ts';
import { type Started, startedService } from './startedService.ts';

const PAGES = 8;
/** As browsers say what they take. */
const TAKE = [
  'gzip, deflate, br, zstd',
  'gzip, deflate, br',
  'gzip, deflate',
  'br;q=1.0, gzip;q=0.8, *;q=0.1',
];

/** Reads of a route that reached the service. */
async function reached(service: Started, route: string): Promise<number> {
  const { text } = await service.get('/metrics');
  const lines = text.split('\n').filter((line) => line.startsWith('evershelf_requests_total{method="GET"'));
  const counts = lines.filter((line) => line.includes(`route="${route}"`));
  return counts.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function shop(): Promise<{ service: Started; url: string; revision: number }> {
  const service = await startedService({ pages: PAGES });
  const items = Array.from({ length: 300 }, (_, i) => ({ id: `item ${i}`, title: 'one like the other' }));
  const { revision } = (await service.put(items)).body;
  return { service, url: await startNginx(service.port), revision };
}

async function read<T>(url: string, take = 'identity'): Promise<T> {
  const answer = await fetch(url, { headers: { 'accept-encoding': take } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

describeWith(missingNginx(), 'nginx before the service', () => {
  it('answers nearly all of 1,000 reads of many clients itself', async () => {
    const { service, url, revision } = await shop();
    const visit = async (client: number): Promise<number> => {
      const take = TAKE[client % TAKE.length]!;
      const { changed, revisions } = await read<ChangesAnswer>(`${url}/v1/changes?since=0`, take);
      for (const [i, page] of changed.entries()) {
        const answer = await read<PageAnswer>(`${url}/v1/pages/${page}?r=${revisions[i]}`, take);
        expect(answer).toMatchObject({ page, revision });
      }
      await read<ChangesAnswer>(`${url}/v1/changes?since=${revision}`, take);
      return changed.length + 2;
    };
    const began = performance.now();
    const counts = await Promise.all(Array.from({ length: 100 }, (_, client) => visit(client)));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1000);
    const seconds = Math.ceil((performance.now() - began) / 1000);
    // Each page for Brotli and for gzip; changes the same, of two addresses, once a second.
    expect(await reached(service, '/v1/pages/:page')).toBe(2 * PAGES);
    expect(await reached(service, '/v1/changes')).toBeLessThanOrEqual(4 * (seconds + 1));
  });

  it('brings what changed, within the second that changes are kept', async () => {
    const { service, url, revision } = await shop();
    const changes = `${url}/v1/changes?since=${revision}`;
    expect((await read<ChangesAnswer>(changes)).changed).toEqual([]);
    await service.put([{ id: 'item 7', title: 'another', price: 3 }]);
    const { changed, revisions } = await vi.waitFor(
      async () => {
        const answer = await read<ChangesAnswer>(changes);
        expect(answer.changed).toHaveLength(1);
        return answer;
      },
      { timeout: 10_000, interval: 100 },
    );
    const page = await read<PageAnswer>(`${url}/v1/pages/${changed[0]}?r=${revisions[0]}`);
    expect(page.items.find(({ item }) => item.id === 'item 7')!.item.price).toBe(3);
  });

  it('answers 304 to who has a page already, by its strong ETag, without asking', async () => {
    const { service, url, revision } = await shop();
    const page = `${url}/v1/pages/3?r=${revision}`;
    const etag = (await fetch(page, { headers: { 'accept-encoding': 'br' } })).headers.get('etag')!;
    const before = await reached(service, '/v1/pages/:page');
    const headers = { 'accept-encoding': 'br', 'if-none-match': etag };
    expect((await fetch(page, { headers })).status).toBe(304);
    expect(await reached(service, '/v1/pages/:page')).toBe(before);
  });

  it('keeps packed pages and those of JSON apart, whoever came first', async () => {
    const { service, url, revision } = await shop();
    const packed = `${PACKED_PAGE}, application/json`;
    for (const [page, first, then] of [
      [3, packed, '*/*'],
      [4, '*/*', packed],
    ] as const)
      for (const accept of [first, then, first, then]) {
        const { headers } = await fetch(`${url}/v1/pages/${page}?r=${revision}`, { headers: { accept } });
        expect(headers.get('content-type')).toBe(accept === packed ? PACKED_PAGE : 'application/json');
      }
    expect(await reached(service, '/v1/pages/:page')).toBe(4);
  });

  it('says who asks, whatever a client says of itself', async () => {
    const clientHeader = 'x-forwarded-for';
    const service = await startedService({ clientHeader, limits: { requestsPerMinute: 3 } });
    const url = await startNginx(service.port);
    const body = JSON.stringify({ events: [{ item: 'item 7', kind: 'view' }] });
    const send = async (address: string): Promise<number> => {
      const headers = { [clientHeader]: address };
      return (await fetch(`${url}/v1/events`, { method: 'POST', headers, body })).status;
    };
    const statuses = [await send('192.0.2.1'), await send('192.0.2.2'), await send('192.0.2.3')];
    expect(statuses).toEqual([202, 202, 202]);
    expect(await send('192.0.2.4')).toBe(429);
  });

  it('goes on answering reads while the service is away', async () => {
    const { service, url } = await shop();
    const page = `${url}/v1/pages/3`;
    const before = await read<PageAnswer>(page);
    await service.close();
    expect(await read<PageAnswer>(page)).toEqual(before);
    expect((await fetch(`${url}/v1/pages/4`)).status).toBe(502);
  });

  it("lets streams through as they come, and keeps what is the operator's to itself", async () => {
    const { service, url, revision } = await shop();
    const away = new AbortController();
    const stream = await fetch(`${url}/v1/changes/stream?since=${revision}`, { signal: away.signal });
    const messages = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    let told = '';
    const until = async (text: string): Promise<void> => {
      while (!told.includes(text)) told += (await messages.read()).value!;
    };
    await until(`id: ${revision}`);
    await service.put([{ id: 'item 7' }]);
    await until(`id: ${revision + 1}`);
    away.abort();
    for (const path of ['/metrics', '/readyz']) expect((await fetch(url + path)).status).toBe(404);
  });
});
