import { appendFile, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeLive } from '@evershelf/model';
import { describe, expect, it, vi } from 'vitest';
import { eventFolder, lmdbStore, memoryStore, service } from '../src/index.ts';
import { logged } from './logged.ts';
import { mortalStore } from './mortalStore.ts';
import { startedService } from './startedService.ts';
import { tempFolder } from './tempFolder.ts';

/** 2026-11-27T10:00:00Z */
const TEN = 1_795_773_600;
const HOUR = 3600;

const view = (item: string, id?: string): object => ({ item, kind: 'view', id });
const itemsOf = async (folder: string): Promise<string[]> =>
  (await logged(folder)).map(({ item_id }) => item_id).toSorted();

describe('a folder of events', () => {
  it('has a file for each hour, named by it', async () => {
    const folder = await tempFolder();
    let now = TEN + 1;
    const log = await eventFolder(folder, { now: () => now });
    const service = await startedService({ events: log, now: () => now });
    await service.post([view('a')]);
    await service.post([view('b')]);
    now += HOUR;
    await service.post([view('c')]);
    const names = (await readdir(folder)).toSorted();
    expect(names).toEqual([
      expect.stringMatching(/^2026-11-27T10-[0-9a-f]{8}\.jsonl$/),
      expect.stringMatching(/^2026-11-27T11-[0-9a-f]{8}\.jsonl$/),
    ]);
    expect((await readFile(join(folder, names[0]!), 'utf8')).split('\n')).toHaveLength(3);
  });

  it('has another file where one is full', async () => {
    const folder = await tempFolder();
    const log = await eventFolder(folder, { segmentBytes: 250 });
    const service = await startedService({ events: log });
    for (const item of ['a', 'b', 'c', 'd', 'e']) await service.post([view(item)]);
    expect((await readdir(folder)).length).toBeGreaterThan(1);
    expect(await itemsOf(folder)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('is taken by several services at once, each with files of its own', async () => {
    const folder = await tempFolder();
    const store = memoryStore();
    const services = await Promise.all(
      [0, 1].map(async () => startedService({ store, events: await eventFolder(folder), flushSeconds: 1e6 })),
    );
    await services[0]!.put([{ id: 'a' }]);
    await Promise.all(services.map((service) => service.post([view('a')])));
    expect(await readdir(folder)).toHaveLength(2);
    // Either counts what both logged, and nothing twice.
    await Promise.all(services.map((service) => service.flush()));
    await vi.waitFor(async () =>
      expect((await services[0]!.get('/v1/items?ids=a')).body.items[0]!.live).toEqual(
        Array(3).fill(encodeLive(2)),
      ),
    );
  });

  it('loses a line that a crash cut short, once nobody can be writing it', async () => {
    const folder = await tempFolder();
    const first = await startedService({ events: await eventFolder(folder) });
    await first.post([view('a')]);
    await first.close();
    const path = join(folder, (await readdir(folder))[0]!);
    await appendFile(path, '{"timestamp":1,"item');
    await eventFolder(folder);
    expect(await readFile(path, 'utf8')).toMatch(/"item$/);
    const before = new Date(Date.now() - 61_000);
    await utimes(path, before, before);
    await eventFolder(folder);
    expect(await readFile(path, 'utf8')).toMatch(/\}\n$/);
    expect(await itemsOf(folder)).toEqual(['a']);
  });

  it('passes over lines and files that are none of its own', async () => {
    const folder = await tempFolder();
    const now = (): number => TEN;
    await writeFile(join(folder, 'readme.txt'), 'ours');
    await writeFile(
      join(folder, '2026-11-27T09-00000000.jsonl'),
      'null\n[]\n{"item_id":7}\n{"timestamp":1795770000,"item_id":"a","event_type":"view","after":7}\n' +
        '{"timestamp":1795770000,"item_id":"a","event_type":"view","after":[["b","c"]]}\n{"timestamp":1795770000,"item_id":"a","event_type":"view","session_id":null,"user_id":null}\n',
    );
    const service = await startedService({ events: await eventFolder(folder, { now }), now });
    await service.put([{ id: 'a' }]);
    await service.flush();
    expect((await service.get('/v1/items?ids=a')).body.items[0]!.live).toEqual(Array(3).fill(encodeLive(1)));
  });

  it('says which folder cannot be used', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(eventFolder(join(folder, 'file/events'))).rejects.toThrow(
      /file\/events: could not be opened/,
    );
  });

  it('keeps nothing of a request that it refused, and goes on once it can', async () => {
    const folder = join(await tempFolder(), 'events');
    const log = await eventFolder(folder);
    const service = await startedService({ events: log, report: () => {} });
    await rm(folder, { recursive: true });
    expect((await service.post([view('a', '1')])).status).toBe(500);
    await mkdir(folder);
    expect((await service.post([view('a', '1')])).body).toEqual({ accepted: 1 });
    expect(await itemsOf(folder)).toEqual(['a']);
  });
});

describe('an event that is sent twice', () => {
  it('is taken once, and the answer says so', async () => {
    const folder = await tempFolder();
    const service = await startedService({ events: await eventFolder(folder), flushSeconds: 1e6 });
    await service.put([{ id: 'a' }]);
    const beacon = [view('a', '1'), view('a', '2'), view('a', '1')];
    expect((await service.post(beacon)).body).toEqual({ accepted: 2, duplicates: 1 });
    expect(await service.post(beacon)).toMatchObject({ status: 202, body: { accepted: 0, duplicates: 3 } });
    expect((await service.post([view('a')])).body).toEqual({ accepted: 1 });
    await service.flush();
    expect(await logged(folder)).toHaveLength(3);
    expect((await service.get('/v1/items?ids=a')).body.items[0]!.live).toEqual(Array(3).fill(encodeLive(3)));
  });

  it('is taken once where both are under way', async () => {
    const folder = await tempFolder();
    const service = await startedService({ events: await eventFolder(folder) });
    const answers = await Promise.all(Array.from({ length: 20 }, () => service.post([view('a', '1')])));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
    expect(await logged(folder)).toHaveLength(1);
  });

  it('is taken once over a restart', async () => {
    const folder = await tempFolder();
    let now = TEN;
    const open = async () =>
      startedService({ events: await eventFolder(folder, { now: () => now }), now: () => now });
    const first = await open();
    await first.post([view('a', '1')]);
    await first.close();
    now += HOUR;
    const second = await open();
    expect((await second.post([view('a', '1'), view('a', '2')])).body).toEqual({
      accepted: 1,
      duplicates: 1,
    });
  });

  it('is not answered as taken where the first could not be kept', async () => {
    const log = await eventFolder(await tempFolder());
    const append = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error('disk full');
    };
    const service = await startedService({ events: { ...log, append }, report: () => {} });
    const both = [service.post([view('a', '1')]), service.post([view('a', '1')])];
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([500, 500]);
  });
});

describe('what was logged and not counted when a service died', () => {
  it.each(Array.from({ length: 14 }, (_, steps) => steps))(
    'is counted once by the next one, after %i steps of the store',
    async (steps) => {
      const folder = await tempFolder();
      const store = memoryStore();
      const mortal = mortalStore(store);
      const open = async () =>
        startedService({ store, events: await eventFolder(folder), flushSeconds: 1e6 });
      const alive = await open();
      await alive.put([{ id: 'a' }, { id: 'b' }]);
      const log = await eventFolder(folder);
      const first = await service({ store: mortal, events: log, flushSeconds: 1e6, report: () => {} });
      const events = [view('a'), view('b'), { ...view('b'), after: [{ item: 'a', age: 1 }] }];
      const body = JSON.stringify({ events });
      await first.fetch(new Request('http://service/v1/events', { method: 'POST', body }));
      mortal.dieAfter(steps);
      await first.flush().catch(() => {});
      mortal.dieAfter(0);
      await log.close();

      const second = await open();
      await second.flush();
      await second.flush();
      const { items } = (await second.get('/v1/items?ids=a,b')).body;
      expect(items.map(({ live }) => live![0])).toEqual([encodeLive(1), encodeLive(2)]);
      expect(await second.pairs('a')).toEqual({ b: 0.8 });
    },
  );

  it('is counted once where a write failed and is done again', async () => {
    const mortal = mortalStore(memoryStore());
    const service = await startedService({ store: mortal, flushSeconds: 1e6, report: () => {} });
    await service.put([{ id: 'a' }]);
    for (let steps = 0; steps < 10; steps++) {
      await service.post([view('a')]);
      mortal.dieAfter(steps);
      await service.flush().catch(() => {});
      mortal.dieAfter(Infinity);
    }
    await service.flush();
    // What is in the store's log already comes to its place a moment later.
    await vi.waitFor(async () =>
      expect((await service.get('/v1/items?ids=a')).body.items[0]!.live![2]).toBe(encodeLive(10)),
    );
  });

  it('keeps what a session counted, over a restart', async () => {
    const folder = await tempFolder();
    const file = join(await tempFolder(), 'items.mdb');
    const open = async () =>
      startedService({
        store: await lmdbStore(file),
        events: await eventFolder(folder),
        flushSeconds: 1e6,
      });
    const event = { item: 'a', kind: 'view', session: 's' };
    const first = await open();
    await first.put([{ id: 'a' }]);
    await first.post([event]);
    await first.close();
    const second = await open();
    await second.post([{ ...event, kind: 'purchase' }]);
    await second.flush();
    expect((await second.get('/v1/items?ids=a')).body.items[0]!.live).toEqual(Array(3).fill(encodeLive(1)));
    expect((await logged(folder)).map(({ counted }) => counted)).toContain(false);
  });
});
