import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { memoryStore, ServiceError, type Store, startService } from '../src/index.ts';
import { freePorts } from './servers/freePorts.ts';
import { startedService } from './startedService.ts';

describe('a service that starts', () => {
  it('is live and not ready until its store is open', async () => {
    const [port] = await freePorts(1);
    const url = `http://127.0.0.1:${port}`;
    let opened!: (store: Store) => void;
    const store = new Promise<Store>((resolve) => (opened = resolve));
    const starting = startService({ store, port: port! });
    onTestFinished(async () => (await starting).close());
    await vi.waitFor(async () => expect((await fetch(`${url}/livez`)).status).toBe(200));
    for (const path of ['/readyz', '/v1/pages/1']) {
      const answer = await fetch(url + path);
      expect(answer.status).toBe(503);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toEqual({
        error: 'found the service starting, wanted it ready, try again',
      });
    }
    opened(memoryStore());
    await starting;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('stops listening where its store cannot be opened', async () => {
    const [port] = await freePorts(1);
    const failed = startService({ store: Promise.reject(new Error('no store')), port: port! });
    await expect(failed).rejects.toThrow('no store');
    await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow();
  });
});

describe('a service whose store is in trouble', () => {
  it('is live, and not ready where the store fails: the log says why, the answer does not', async () => {
    const reported: unknown[] = [];
    const store = memoryStore();
    const service = await startedService({ store, report: (error) => reported.push(error) });
    vi.spyOn(store, 'getMany').mockRejectedValueOnce(new Error('secret disk trouble'));
    expect(await service.get('/readyz')).toMatchObject({
      status: 503,
      body: { error: 'found a store that fails, wanted one that answers, the log says why' },
    });
    expect(reported).toEqual([new Error('secret disk trouble')]);
    expect((await service.get('/livez')).status).toBe(200);
    expect((await service.get('/readyz')).status).toBe(200);
  });

  it('answers 503 to what the store is needed for: the log says where that is, the answer does not', async () => {
    const reported: unknown[] = [];
    const store = memoryStore();
    const service = await startedService({ store, report: (error) => reported.push(error) });
    const trouble = new ServiceError('redis://secret:6379: found no answer');
    vi.spyOn(store, 'getMany').mockRejectedValueOnce(trouble).mockRejectedValueOnce(trouble);
    const refused = {
      status: 503,
      body: { error: 'found a store that does not answer, wanted one that does, try again' },
    };
    expect(await service.get('/v1/items?ids=a')).toMatchObject(refused);
    expect(await service.put([{ id: 'a' }])).toMatchObject(refused);
    expect(reported).toEqual([trouble, trouble]);
    expect((await service.put([{ id: 'a' }])).status).toBe(200);
  });

  it('is not ready where the store does not answer within a second', async () => {
    const store = memoryStore();
    const service = await startedService({ store });
    vi.spyOn(store, 'getMany').mockImplementationOnce(() => new Promise(() => {}));
    expect(await service.get('/readyz')).toMatchObject({
      status: 503,
      body: { error: 'found no answer of the store within 1000 ms, wanted one, try again' },
    });
  });
});
