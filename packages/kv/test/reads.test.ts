import { type ItemsAnswer, PACKED_PAGE, pageOf, unpackPage } from '@evershelf/model';
import { describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../src/index.ts';
import { startedService } from './startedService.ts';

const page = (id: string, pages = 256): string => `/v1/pages/${pageOf(id, pages)}`;

describe('GET /v1/items', () => {
  it('answers what it holds, and names what it does not', async () => {
    const service = await startedService();
    const { body: written } = await service.put([{ id: 'a', title: 'Apple', price: 1 }, { id: 'b' }]);
    const { status, body } = await service.get('/v1/items?ids=b,x,a,a');
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        { item: { id: 'b' }, revision: written.revision },
        { item: { id: 'a', title: 'Apple', price: 1 }, revision: written.revision },
      ],
      missing: ['x'],
    } satisfies ItemsAnswer);
  });

  it('takes ids that have a comma one by one', async () => {
    const service = await startedService();
    await service.put([{ id: 'a,b/c' }, { id: 'd' }]);
    const { body } = await service.get(`/v1/items?ids=d&id=${encodeURIComponent('a,b/c')}&id=x,y`);
    expect(body.items.map(({ item }) => item.id)).toEqual(['d', 'a,b/c']);
    expect(body.missing).toEqual(['x,y']);
  });

  it('takes 1 to 100 ids', async () => {
    const service = await startedService();
    const ids = (count: number): string => Array.from({ length: count }, (_, i) => i).join(',');
    expect((await service.get(`/v1/items?ids=${ids(100)}`)).body.missing).toHaveLength(100);
    const beyond = await service.get(`/v1/items?ids=${ids(101)}`);
    expect(beyond).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('found 101 ids, wanted at most 100') },
    });
    expect((await service.get('/v1/items')).status).toBe(400);
    expect((await service.get('/v1/items?ids=')).status).toBe(400);
  });
});

describe('GET /v1/pages/N', () => {
  it('answers the items of the page, sorted by id', async () => {
    const service = await startedService({ pages: 1 });
    const ids = ['b', 'a', 'ä', '10', '9', '🧀', '\uffee', 'B'];
    await service.put(ids.map((id) => ({ id })));
    const { body } = await service.get('/v1/pages/0');
    expect(body.page).toBe(0);
    expect(body.items.map(({ item }) => item.id)).toEqual(['10', '9', 'B', 'a', 'b', 'ä', '🧀', '\uffee']);
  });

  it('answers the page packed to those who take it so, and tells caches between', async () => {
    const service = await startedService({ pages: 1 });
    await service.put([
      { id: 'a', category: ['Food'], price: 1 },
      { id: 'b', tags: ['x', 'y'] },
    ]);
    const path = `${service.url}/v1/pages/0`;
    const packed = await fetch(path, { headers: { accept: `${PACKED_PAGE}, application/json` } });
    const { body, headers } = await service.get('/v1/pages/0');
    expect(packed.headers.get('content-type')).toBe(PACKED_PAGE);
    expect(unpackPage(new Uint8Array(await packed.arrayBuffer()))).toEqual(body);
    expect(packed.headers.get('etag')).not.toBe(headers.get('etag'));
    for (const answer of [packed.headers, headers])
      expect(answer.get('vary')).toBe('Accept, Accept-Encoding');
  });

  it.each([
    [PACKED_PAGE, true],
    [PACKED_PAGE.toUpperCase(), true],
    [`application/json, ${PACKED_PAGE}`, true],
    [`*/*;q=0.1, ${PACKED_PAGE};q=0.9`, true],
    [`application/json, ${PACKED_PAGE};q=0.9`, false],
    [`${PACKED_PAGE};q=0`, false],
    [`${PACKED_PAGE}s`, false],
    ['*/*', false],
    ['text/html', false],
  ])('packs a page for Accept: %s: %s', async (accept, isPacked) => {
    const service = await startedService({ pages: 1 });
    const { headers } = await service.get('/v1/pages/0', { accept });
    expect(headers.get('content-type')).toBe(isPacked ? PACKED_PAGE : 'application/json');
  });

  it('answers each item on the page of its hash', async () => {
    const service = await startedService();
    await service.put(Array.from({ length: 300 }, (_, i) => ({ id: `item ${i}` })));
    let items = 0;
    for (let n = 0; n < 256; n++) {
      const { body } = await service.get(`/v1/pages/${n}`);
      for (const { item } of body.items) expect(pageOf(item.id, 256)).toBe(n);
      items += body.items.length;
    }
    expect(items).toBe(300);
  });

  it('refuses pages that there are not', async () => {
    const service = await startedService();
    expect(await service.get('/v1/pages/256')).toMatchObject({
      status: 404,
      body: { error: 'found page 256, wanted 0 to 255' },
    });
    for (const bad of ['x', '-1', '1.5', '01', '1e3'])
      expect(await service.get(`/v1/pages/${bad}`)).toMatchObject({
        status: 400,
        body: { error: `found page "${bad}", wanted a whole number >= 0` },
      });
  });
});

describe('GET /v1/changes', () => {
  it('names at first all pages that hold items', async () => {
    const service = await startedService();
    expect((await service.get('/v1/changes')).body).toMatchObject({ pages: 256, changed: [] });
    const { body } = await service.put([{ id: 'a' }, { id: 'b' }]);
    const changed = [pageOf('a', 256), pageOf('b', 256)].toSorted((a, b) => a - b);
    expect((await service.get('/v1/changes')).body).toEqual({
      revision: body.revision,
      pages: 256,
      changed,
      revisions: [body.revision, body.revision],
      live: body.revision,
      stream: true,
    });
    expect((await service.get('/v1/changes?since=0')).body.changed).toEqual(changed);
  });

  it('names after that the pages of newer revisions', async () => {
    const service = await startedService();
    const first = (await service.put([{ id: 'a' }, { id: 'b' }])).body.revision;
    expect((await service.get(`/v1/changes?since=${first}`)).body.changed).toEqual([]);
    const second = (await service.put([{ id: 'b', price: 2 }])).body.revision;
    expect(second).toBe(first + 1);
    expect((await service.get(`/v1/changes?since=${first}`)).body).toEqual({
      revision: second,
      pages: 256,
      changed: [pageOf('b', 256)],
      revisions: [second],
      live: second,
      stream: true,
    });
  });

  it('names a page that lost its last item, except to those who never saw it', async () => {
    const service = await startedService();
    const first = (await service.put([{ id: 'a' }])).body.revision;
    await service.remove(['a']);
    expect((await service.get(`/v1/changes?since=${first}`)).body.changed).toEqual([pageOf('a', 256)]);
    expect((await service.get('/v1/changes?since=0')).body.changed).toEqual([]);
    expect((await service.get(page('a'))).body.items).toEqual([]);
  });

  it('names every page to those who know another store, older or ahead', async () => {
    const older = await startedService({ pages: 4, now: () => 1_000 });
    const seen = (await older.put([{ id: 'a' }])).body.revision;
    const newer = await startedService({ pages: 4, now: () => 2_000 });
    expect((await newer.get(`/v1/changes?since=${seen}`)).body.changed).toEqual([0, 1, 2, 3]);
    expect((await older.get('/v1/changes?since=2000')).body.changed).toEqual([0, 1, 2, 3]);
  });

  it('refuses a revision that is no number', async () => {
    const service = await startedService();
    expect((await service.get('/v1/changes?since=yesterday')).status).toBe(400);
  });
});

describe('every read', () => {
  const paths = ['/v1/items?ids=a,b', page('a'), '/v1/changes?since=0'];

  it.each(paths)('%s has an ETag and is answered 304 until it changes', async (path) => {
    const service = await startedService();
    await service.put([{ id: 'a' }]);
    const first = await service.get(path);
    const etag = first.headers.get('etag')!;
    expect(first.status).toBe(200);
    expect(etag).toMatch(/^"[^"]+"$/);
    for (const known of [etag, `"other", ${etag}`, `W/${etag}`, '*']) {
      const again = await service.get(path, { 'if-none-match': known });
      expect(again).toMatchObject({ status: 304, text: '' });
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
      expect(again.headers.get('access-control-allow-origin')).toBe('*');
    }
    await service.put([{ id: 'a', price: 3 }]);
    const changed = await service.get(path, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it.each(paths.slice(0, 2))(
    '%s is never answered 304 by another store at the same revision',
    async (path) => {
      const now = (): number => 1_000;
      const [one, other] = [await startedService({ now }), await startedService({ now })];
      await one.put([{ id: 'a', price: 1 }]);
      await other.put([{ id: 'a', price: 2 }]);
      const etag = (await one.get(path)).headers.get('etag')!;
      expect((await other.get(path, { 'if-none-match': etag })).status).toBe(200);
    },
  );

  it('keeps its ETag while other pages change', async () => {
    const service = await startedService();
    await service.put([{ id: 'a' }]);
    const etag = (await service.get(page('a'))).headers.get('etag')!;
    await service.put([{ id: 'b' }]);
    expect((await service.get(page('a'), { 'if-none-match': etag })).status).toBe(304);
  });

  it('says for how long it may be cached', async () => {
    const service = await startedService();
    const [items, pages, changes] = await Promise.all(
      paths.map(async (path) => (await service.get(path)).headers.get('cache-control')),
    );
    expect(items).toBe('public, max-age=5, stale-while-revalidate=60');
    expect(pages).toBe('public, max-age=5, stale-while-revalidate=60');
    expect(changes).toBe('public, max-age=1');
  });

  it('is compressed for those who take it, each coding under an ETag of its own', async () => {
    const service = await startedService({ pages: 1 });
    await service.put(Array.from({ length: 100 }, (_, i) => ({ id: `${i}`, title: 'the same title' })));
    const [plain, gzip, brotli] = await Promise.all(
      ['identity', 'gzip', 'gzip, deflate, br'].map((coding) =>
        service.get('/v1/pages/0', { 'accept-encoding': coding }),
      ),
    );
    expect(plain!.headers.get('content-encoding')).toBeNull();
    expect(gzip!.headers.get('content-encoding')).toBe('gzip');
    expect(brotli!.headers.get('content-encoding')).toBe('br');
    for (const answer of [plain!, gzip!, brotli!]) {
      expect(answer.headers.get('vary')).toContain('Accept-Encoding');
      expect(answer.body).toEqual(plain!.body);
    }
    const etags = [plain!, gzip!, brotli!].map(({ headers }) => headers.get('etag')!);
    expect(new Set(etags).size).toBe(3);
    const revalidated = await Promise.all(
      etags.map((etag) => service.get('/v1/pages/0', { 'accept-encoding': 'gzip', 'if-none-match': etag })),
    );
    expect(revalidated.map(({ status }) => status)).toEqual([200, 304, 200]);
  });

  it('is not compressed where it is small', async () => {
    const service = await startedService();
    await service.put([{ id: 'a' }]);
    const { headers } = await service.get(page('a'), { 'accept-encoding': 'br' });
    expect(headers.get('content-encoding')).toBeNull();
    expect(headers.get('vary')).toContain('Accept-Encoding');
  });

  it('of a page reads the store once, until the page changes', async () => {
    const store = memoryStore();
    const service = await startedService({ store });
    await service.put([{ id: 'a' }]);
    const scan = vi.spyOn(store, 'scan');
    await Promise.all(Array.from({ length: 5 }, () => service.get(page('a'))));
    expect(scan).toHaveBeenCalledTimes(1);
    await service.put([{ id: 'a', price: 2 }]);
    expect((await service.get(page('a'))).body.items[0]!.item.price).toBe(2);
    expect(scan).toHaveBeenCalledTimes(2);
  });

  it('is made again where the store failed', async () => {
    const store = memoryStore();
    const service = await startedService({ store, report: () => {} });
    await service.age();
    vi.spyOn(store, 'scan').mockImplementationOnce(() => {
      throw new Error('away');
    });
    expect((await service.get(page('a'))).status).toBe(500);
    expect((await service.get(page('a'))).status).toBe(200);
  });
});

describe('other routes', () => {
  it('tells whether it is well', async () => {
    const service = await startedService();
    const { body } = await service.put([{ id: 'a' }, { id: 'b' }]);
    expect((await service.get('/healthz')).body).toEqual({ ok: true, revision: body.revision, items: 2 });
  });

  it('measures itself', async () => {
    const service = await startedService();
    const { body } = await service.put([{ id: 'a' }]);
    await service.post([{ item: 'a', kind: 'view' }]);
    await service.get('/v1/pages/1');
    await service.get('/v1/pages/2');
    await service.get('/v1/pages/999');
    await service.get('/wp-login.php');
    const metrics = await service.get('/metrics');
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const line of [
      'evershelf_requests_total{method="GET",route="/v1/pages/:page",status="200"} 2',
      'evershelf_requests_total{method="GET",route="/v1/pages/:page",status="404"} 1',
      'evershelf_requests_total{method="PUT",route="/v1/items",status="200"} 1',
      'evershelf_requests_total{method="GET",route="other",status="404"} 1',
      'evershelf_items 1',
      `evershelf_revision ${body.revision}`,
      'evershelf_events_accepted_total 1',
      'evershelf_write_batches_total 1',
      'evershelf_request_duration_seconds_count{method="GET",route="/v1/pages/:page"} 3',
      'evershelf_streams 0',
    ])
      expect(metrics.text.split('\n')).toContain(line);
    for (const call of ['getMany', 'putMany', 'scan'])
      expect(metrics.text).toContain(`evershelf_store_duration_seconds_count{call="${call}"}`);
  });

  it('answers unknown ones in JSON', async () => {
    const service = await startedService();
    expect(await service.get('/nothing')).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('found GET /nothing, wanted one of /v1/items') },
    });
  });

  it('says which methods an address has', async () => {
    const service = await startedService();
    const answer = await service.send('DELETE', '/v1/pages/7', {});
    expect(answer).toMatchObject({ status: 405, body: { error: 'found DELETE /v1/pages/7, wanted GET' } });
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect((await service.send('POST', '/v1/items', {})).headers.get('allow')).toBe('GET, HEAD, PUT, DELETE');
  });

  it('lets pages of any origin ask', async () => {
    const service = await startedService();
    const preflight = await fetch(`${service.url}/v1/items`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'if-none-match,content-type,authorization',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toBe(
      'if-none-match,content-type,authorization',
    );
    const { headers } = await service.get('/v1/changes', { origin: 'https://shop.example' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-expose-headers')).toBe('ETag');
    const refused = await service.send('PUT', '/v1/items', { items: [] }, {});
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('hides its own errors from the client and reports them', async () => {
    const reported: unknown[] = [];
    const store = memoryStore();
    const service = await startedService({ store, report: (error) => reported.push(error) });
    store.getMany = async () => {
      throw new Error('secret disk trouble');
    };
    const { status, body } = await service.get('/v1/items?ids=a');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/secret|\.ts/);
    expect(reported).toEqual([new Error('secret disk trouble')]);
  });
});
