import { join } from 'node:path';
import { pageOf } from '@evershelf/model';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lmdbStore, memoryStore, service } from '../src/index.ts';
import { startedService, TOKEN } from './startedService.ts';
import { tempFolder } from './tempFolder.ts';

describe('PUT /v1/items', () => {
  it('writes a batch as one revision', async () => {
    const service = await startedService();
    const before = (await service.get('/healthz')).body.revision;
    const answer = await service.put([{ id: 'a' }, { id: 'b' }]);
    expect(answer).toMatchObject({
      status: 200,
      body: { revision: before + 1, written: 2, unchanged: 0 },
    });
  });

  it('keeps the revision where nothing changed', async () => {
    const service = await startedService();
    const items = [{ id: 'a', title: 'Apple', category: ['Fruit'] }, { id: 'b' }];
    const { revision } = (await service.put(items, { a: [9, 5, 1] })).body;
    expect((await service.put(items, { a: [9, 5, 1] })).body).toEqual({ revision, written: 0, unchanged: 2 });
    expect((await service.put([{ category: ['Fruit'], title: 'Apple', id: 'a' }])).body.unchanged).toBe(1);
    expect((await service.get('/healthz')).body.revision).toBe(revision);
  });

  it('leaves unchanged items of a changed batch at their revision', async () => {
    const service = await startedService();
    const { revision } = (await service.put([{ id: 'a' }, { id: 'b' }])).body;
    expect((await service.put([{ id: 'a' }, { id: 'b', price: 2 }])).body).toEqual({
      revision: revision + 1,
      written: 1,
      unchanged: 1,
    });
    const { items } = (await service.get('/v1/items?ids=a,b')).body;
    expect(items.map((each) => each.revision)).toEqual([revision, revision + 1]);
  });

  it('loses none of many batches at once', async () => {
    const service = await startedService();
    const before = (await service.get('/healthz')).body.revision;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => service.put([{ id: `own ${i}` }, { id: 'shared', price: i }])),
    );
    const revisions = answers.map(({ body }) => body.revision).toSorted((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 20 }, (_, i) => before + 1 + i));
    expect((await service.get('/healthz')).body).toMatchObject({ revision: before + 20, items: 21 });
  });

  it('seeds the live counters', async () => {
    const service = await startedService();
    await service.put([{ id: 'a' }, { id: 'b' }, { id: 'c' }], { a: [255, 100, 1], b: [0, 0, 0] });
    const { items } = (await service.get('/v1/items?ids=a,b,c')).body;
    expect(items.map((each) => each.live)).toEqual([[255, 100, 1], undefined, undefined]);
    await service.put([{ id: 'a', price: 1 }]);
    expect((await service.get('/v1/items?ids=a')).body.items[0]!.live).toEqual([255, 100, 1]);
  });

  it('refuses an item that is longer than a store and a browser hold, shortly', async () => {
    const service = await startedService();
    const tags = Array.from({ length: 256 }, () => 'x'.repeat(4096));
    const { status, body, text } = await service.put([
      { id: 'good' },
      { id: 'long', tags },
      { id: 'named', ['n'.repeat(1_000_000)]: 1 },
    ]);
    expect([status, body.items.map((item) => (item as { id?: string }).id)]).toEqual([
      400,
      ['long', 'named'],
    ]);
    expect(text).toContain('wanted an item of at most 40000 characters in all');
    expect(text.length).toBeLessThan(2000);
    expect((await service.get('/healthz')).body.items).toBe(0);
  });

  it('refuses a batch with a bad item as a whole, and names the bad ones', async () => {
    const service = await startedService();
    const answer = await service.put([{ id: 'a' }, { id: 'b', price: -1 }, { title: 'no id' }]);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        error: expect.stringContaining('found 2 bad of 3 items'),
        items: [
          { at: 1, id: 'b', message: expect.stringMatching(/^price: found -1, wanted/) },
          { at: 2, message: expect.stringMatching(/^id: found/) },
        ],
      },
    });
    expect((await service.get('/v1/items?ids=a')).body.missing).toEqual(['a']);
    const many = await service.put(Array.from({ length: 50 }, () => ({})));
    expect(many.body.items).toHaveLength(5);
  });

  it.each([
    ['no JSON', '{"items": ['],
    ['no object', '[]'],
    ['null', 'null'],
    ['no list', { items: {} }],
    ['no items', { items: [] }],
    ['over 1000 items', { items: Array.from({ length: 1001 }, (_, i) => ({ id: `${i}` })) }],
    ['live that is a list', { items: [{ id: 'a' }], live: [1] }],
    ['live of two bytes', { items: [{ id: 'a' }], live: { a: [1, 2] } }],
    ['live over 255', { items: [{ id: 'a' }], live: { a: [1, 2, 256] } }],
    ['live with fractions', { items: [{ id: 'a' }], live: { a: [1, 2, 0.5] } }],
    ['live of an item of no batch', { items: [{ id: 'a' }], live: { b: [1, 2, 3] } }],
  ])('refuses %s', async (_, body) => {
    const service = await startedService();
    expect(await service.send('PUT', '/v1/items', body)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/found .*, wanted /) },
    });
    expect((await service.get('/healthz')).body.items).toBe(0);
  });

  it('takes half a character as U+FFFD, so that an item has one id and one title wherever it is read', async () => {
    const service = await startedService();
    const body = String.raw`{"items": [{"id": "a\ud800", "title": "\udc00 \ud83d\ude00 \\ud800"}]}`;
    expect((await service.send('PUT', '/v1/items', body)).body.written).toBe(1);
    const item = { id: 'a\ufffd', title: '\ufffd \ud83d\ude00 \\ud800' };
    expect((await service.get(`/v1/items?ids=${encodeURIComponent(item.id)}`)).body.items).toMatchObject([
      { item },
    ]);
    const removed = await service.send('DELETE', '/v1/items', String.raw`{"ids": ["a\udfff"]}`);
    expect(removed.body.deleted).toBe(1);
  });

  it.each([
    ['named as what any object answers to', '{"items": [{"id": "a", "__proto__": "x"}]}'],
    ['with a constructor', '{"items": [{"id": "a", "constructor": "x"}]}'],
    ['with a price that is none', '{"items": [{"id": "a", "price": 1e999}]}'],
    ['with a title of a megabyte', `{"items": [{"id": "a", "title": "${'x'.repeat(1_000_000)}"}]}`],
  ])('refuses an item %s, by name', async (_, body) => {
    const service = await startedService();
    const answer = await service.send('PUT', '/v1/items', body);
    expect(answer).toMatchObject({ status: 400, body: { items: [{ at: 0, id: 'a' }] } });
    expect(answer.text.length).toBeLessThan(1000);
    expect((await service.get('/healthz')).body.items).toBe(0);
  });

  it('takes 1000 items and refuses bodies over 4 MiB', async () => {
    const service = await startedService();
    const items = Array.from({ length: 1000 }, (_, i) => ({ id: `${i}`, title: 'x'.repeat(4000) }));
    expect((await service.put(items)).body.written).toBe(1000);
    const big = items.map((item) => ({ ...item, image: 'y'.repeat(300) }));
    expect(await service.put(big)).toMatchObject({
      status: 413,
      body: { error: expect.stringContaining('wanted less, send smaller batches') },
    });
  });
});

describe('a batch', () => {
  it('is refused where it is compressed, and says so', async () => {
    const service = await startedService();
    const authorization = `Bearer ${TOKEN}`;
    const body = { items: [{ id: 'a' }] };
    const coded = { authorization, 'content-encoding': 'gzip' };
    expect(await service.send('PUT', '/v1/items', body, coded)).toMatchObject({
      status: 415,
      body: { error: 'found a body in a coding, wanted it as it is, send it uncompressed' },
    });
    const plain = { authorization, 'content-encoding': 'identity' };
    expect((await service.send('PUT', '/v1/items', body, plain)).status).toBe(200);
  });

  it('leaves others their turns of the event loop while it is checked and written', async () => {
    const { fetch, close } = await service({ store: memoryStore(), token: TOKEN, upkeep: false });
    onTestFinished(close);
    const turnsOf = async (count: number): Promise<number> => {
      const items = Array.from({ length: count }, (_, i) => ({ id: `item ${i}` }));
      const headers = { authorization: `Bearer ${TOKEN}` };
      const body = JSON.stringify({ items });
      let turns = 0;
      let done = false;
      const turn = (): void => {
        turns++;
        if (!done) setImmediate(turn);
      };
      setImmediate(turn);
      const answer = await fetch(new Request('http://shop/v1/items', { method: 'PUT', headers, body }));
      done = true;
      expect(answer.status).toBe(200);
      return turns;
    };
    expect(await turnsOf(1000)).toBeGreaterThan((await turnsOf(1)) + 10);
  });
});

describe('a body that does not say how long it is', () => {
  const stream = (text: string): ReadableStream<Uint8Array> => new Blob([text]).stream();
  const put = (url: string, text: string): Promise<Response> =>
    fetch(`${url}/v1/items`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: stream(text),
      duplex: 'half',
    } as RequestInit);

  it('is read to its end', async () => {
    const service = await startedService();
    const answer = await put(service.url, JSON.stringify({ items: [{ id: 'ä' }] }));
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ written: 1 })]);
  });

  it('is refused over 4 MiB', async () => {
    const service = await startedService();
    const answer = await put(service.url, `{"items":["${'x'.repeat(4 << 20)}"]}`);
    expect([answer.status, await answer.json()]).toEqual([
      413,
      { error: 'found a body over 4194304 bytes, wanted less, send smaller batches' },
    ]);
  });
});

describe('DELETE /v1/items', () => {
  it('deletes as one revision, and passes over what is not there', async () => {
    const service = await startedService();
    const { revision } = (await service.put([{ id: 'a' }, { id: 'b' }, { id: 'c' }])).body;
    expect(await service.remove(['a', 'b', 'a', 'x'])).toMatchObject({
      status: 200,
      body: { revision: revision + 1, deleted: 2 },
    });
    expect((await service.remove(['a'])).body).toEqual({ revision: revision + 1, deleted: 0 });
    expect((await service.get('/v1/items?ids=a,b,c')).body.missing).toEqual(['a', 'b']);
    expect((await service.get('/healthz')).body.items).toBe(1);
  });

  it('gives the page a new revision and ETag', async () => {
    const service = await startedService();
    await service.put([{ id: 'a' }]);
    const path = `/v1/pages/${pageOf('a', 256)}`;
    const before = await service.get(path);
    const { revision } = (await service.remove(['a'])).body;
    const after = await service.get(path, { 'if-none-match': before.headers.get('etag')! });
    expect(after).toMatchObject({ status: 200, body: { revision, items: [] } });
  });

  it('refuses ids that are none', async () => {
    const service = await startedService();
    expect(await service.send('DELETE', '/v1/items', { ids: ['a', 7] })).toMatchObject({
      status: 400,
      body: { error: 'ids[1]: found 7, wanted the id of an item' },
    });
    const many = Array.from({ length: 1001 }, (_, i) => `${i}`);
    expect((await service.remove(many)).status).toBe(400);
  });
});

describe('writes', () => {
  it.each(['PUT', 'DELETE'])('%s is refused without the token, or with a wrong one', async (method) => {
    const service = await startedService();
    const body = { items: [{ id: 'a' }], ids: ['a'] };
    const wrong = ['', 'Bearer', 'Bearer wrong', `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, TOKEN];
    for (const authorization of wrong) {
      const answer = await service.send(method, '/v1/items', body, { authorization });
      expect(answer).toMatchObject({
        status: 401,
        body: { error: expect.stringMatching(/^found .* token/) },
      });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
    expect((await service.get('/healthz')).body.items).toBe(0);
  });

  it.each([undefined, ''])('are refused by a service whose token is %j', async (token) => {
    const service = await startedService({ token });
    for (const method of ['PUT', 'DELETE'])
      expect(await service.send(method, '/v1/items', { items: [{ id: 'a' }] })).toMatchObject({
        status: 403,
        body: { error: expect.stringContaining('start it with --token or EVERSHELF_TOKEN') },
      });
  });

  it('are there after a restart', async () => {
    const file = join(await tempFolder(), 'items.mdb');
    const first = await startedService({ store: await lmdbStore(file), pages: 64 });
    await first.put([{ id: 'a', title: 'Apple' }, { id: 'b' }, { id: 'c' }], { a: [50, 40, 30] });
    await first.remove(['b']);
    const path = `/v1/pages/${pageOf('a', 64)}`;
    const page = await first.get(path);
    const changes = await first.get('/v1/changes');
    await first.close();

    const second = await startedService({ store: await lmdbStore(file), pages: 256 });
    const etag = page.headers.get('etag')!;
    expect((await second.get(path)).body).toEqual(page.body);
    expect((await second.get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await second.get('/v1/changes')).body).toEqual(changes.body);
    expect((await second.get('/healthz')).body.items).toBe(2);
    expect((await second.put([{ id: 'c' }])).body).toMatchObject({ written: 0 });
    expect((await second.put([{ id: 'd' }])).body.revision).toBe(changes.body.revision + 1);
  });
});
