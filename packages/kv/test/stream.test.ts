import { join } from 'node:path';
import { type ChangesAnswer, pageOf } from '@evershelf/model';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { lmdbStore, memoryStore } from '../src/index.ts';
import { type Started, startedService } from './startedService.ts';
import { tempFolder } from './tempFolder.ts';

interface Message {
  readonly id: string;
  readonly data: ChangesAnswer;
}

/** The stream of changes as a browser reads it. */
async function opened(
  service: Started,
  since: number,
  lastEventId?: number,
): Promise<{ headers: Headers; next(): Promise<Message | undefined>; close(): void }> {
  const away = new AbortController();
  onTestFinished(() => away.abort());
  const answer = await fetch(`${service.url}/v1/changes/stream?since=${since}`, {
    signal: away.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) },
  });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    headers: answer.headers,
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end < 0) {
          const { value, done } = await reader.read();
          if (done) return undefined;
          text += value;
          continue;
        }
        const fields = new Map(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => split(line)),
        );
        text = text.slice(end + 2);
        if (fields.has('data'))
          return { id: fields.get('id')!, data: JSON.parse(fields.get('data')!) as ChangesAnswer };
      }
    },
    close: () => away.abort(),
  };
}

function split(line: string): [string, string] {
  const at = line.indexOf(': ');
  return [line.slice(0, at), line.slice(at + 2)];
}

describe('GET /v1/changes/stream', () => {
  it('says where the shop is, then what is put and deleted', async () => {
    const service = await startedService();
    const { revision } = (await service.put([{ id: 'a' }])).body;
    const stream = await opened(service, revision);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.headers.get('access-control-allow-origin')).toBe('*');
    expect(stream.headers.get('content-encoding')).toBeNull();
    expect(await stream.next()).toEqual({
      id: String(revision),
      data: { revision, pages: 256, changed: [], revisions: [], live: revision },
    });
    await service.put([{ id: 'b' }]);
    await service.remove(['a']);
    for (const [k, id] of ['b', 'a'].entries())
      expect(await stream.next()).toEqual({
        id: String(revision + 1 + k),
        data: {
          revision: revision + 1 + k,
          pages: 256,
          changed: [pageOf(id, 256)],
          revisions: [revision + 1 + k],
          live: revision + 1 + k,
        },
      });
  });

  it('goes on where a stream that ended was, over a restart', async () => {
    const file = join(await tempFolder(), 'items.mdb');
    const first = await startedService({ store: await lmdbStore(file) });
    const before = await opened(first, 0);
    await before.next();
    const { revision } = (await first.put([{ id: 'a' }])).body;
    expect((await before.next())!.id).toBe(String(revision));
    await first.put([{ id: 'b' }]);
    await first.close();
    const second = await startedService({ store: await lmdbStore(file) });
    const after = await opened(second, 0, revision);
    expect((await after.next())!.data).toMatchObject({ revision: revision + 1, changed: [pageOf('b', 256)] });
  });

  it('brings what another service on the same store was told', async () => {
    const store = memoryStore();
    const [one, other] = [await startedService({ store }), await startedService({ store })];
    const stream = await opened(other, 0);
    await stream.next();
    const { revision } = (await one.put([{ id: 'a' }])).body;
    expect((await stream.next())!.data).toMatchObject({ revision, changed: [pageOf('a', 256)] });
    const page = `/v1/pages/${pageOf('a', 256)}?r=${revision}`;
    expect((await other.get(page)).body.items.map(({ item }) => item.id)).toEqual(['a']);
  });

  it('names every page to those who know another store', async () => {
    const service = await startedService({ pages: 4 });
    const stream = await opened(service, 9_000_000_000);
    expect((await stream.next())!.data.changed).toEqual([0, 1, 2, 3]);
  });

  it('is silent about what is counted, which browsers ask for now and then', async () => {
    const service = await startedService();
    const { revision } = (await service.put([{ id: 'a' }, { id: 'b' }])).body;
    const stream = await opened(service, revision);
    await stream.next();
    await service.post([{ item: 'a', kind: 'view' }]);
    await service.flush();
    const counted = (await service.get(`/v1/changes?since=${revision}`)).body;
    expect(counted).toMatchObject({ changed: [], live: revision + 1 });
    await service.put([{ id: 'b', price: 1 }]);
    expect((await stream.next())!.data).toMatchObject({
      revision: counted.revision + 1,
      changed: [pageOf('b', 256)],
    });
  });

  it('is counted while it is open', async () => {
    const service = await startedService();
    const open = async (): Promise<string | undefined> =>
      /^evershelf_streams \d+$/m.exec((await service.get('/metrics')).text)?.[0];
    const streams = [await opened(service, 0), await opened(service, 0)];
    for (const stream of streams) await stream.next();
    expect(await open()).toBe('evershelf_streams 2');
    streams[0]!.close();
    await vi.waitFor(async () => expect(await open()).toBe('evershelf_streams 1'));
  });

  it('ends where the service closes', async () => {
    const service = await startedService();
    const stream = await opened(service, 0);
    await stream.next();
    await service.close();
    expect(await stream.next()).toBeUndefined();
  });

  it('refuses a revision that is no number', async () => {
    const service = await startedService();
    expect((await service.get('/v1/changes/stream?since=yesterday')).status).toBe(400);
  });
});
