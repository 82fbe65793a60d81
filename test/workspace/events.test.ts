import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { EVENT_LIMITS, eventFolder, memoryStore, startService } from '../../packages/kv/src/index.ts';
import { readShop } from '../../packages/trainer/src/index.ts';

it('the log of a service is read by the trainer as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-events-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let now = 1_795_773_600;
  const service = await startService({
    store: memoryStore(),
    events: await eventFolder(folder, { now: () => now }),
    port: 0,
    now: () => now,
  });
  const send = async (...events: object[]): Promise<void> => {
    const answer = await fetch(`${service.url}/v1/events`, {
      method: 'POST',
      body: JSON.stringify({ events }),
    });
    expect(answer.status).toBe(202);
  };
  await send({ id: '1', item: 'a', kind: 'view', session: 's' });
  await send({ id: '1', item: 'a', kind: 'view', session: 's' }, { item: 'c', kind: 'view', session: 't' });
  now += 3600;
  await send(
    { item: 'b', kind: 'purchase', session: 's', quantity: 2, after: [{ item: 'a', age: 1 }] },
    { item: 'a', kind: 'purchase', session: 's' },
  );
  await service.close();

  const { log, problems } = await readShop({ events: [folder], map: {} });
  expect(problems).toEqual([]);
  expect(Array.from(log.item, (item) => log.itemIds[item])).toEqual(['a', 'c', 'b']);
  expect([...log.time]).toEqual([now - 3600, now - 3600, now]);
  expect([...log.quantity]).toEqual([1, 1, 2]);
  expect(log.session[0]).toBe(log.session[2]);
  expect(log.sequenceKind).toBe('session');
});

it('docs/events.md names the limits', async () => {
  const page = await readFile('docs/events.md', 'utf8');
  const figures = [...page.matchAll(/^\|.*\| +([\d,]+) \|$/gm)].map(([, figure]) =>
    Number(figure!.replaceAll(',', '')),
  );
  expect(figures).toEqual(Object.values(EVENT_LIMITS));
});

it('what is more than one client may count is in the log, and not in the training', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-events-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const now = (): number => 1_795_773_600;
  const service = await startService({
    store: memoryStore(),
    events: await eventFolder(folder, { now }),
    port: 0,
    now,
  });
  const view = (k: number): object => ({ item: 'pushed', kind: 'view', session: `s${k}` });
  const purchase = { item: 'pushed', kind: 'purchase', session: 's0' };
  const body = JSON.stringify({ events: [...Array.from({ length: 100 }, (_, k) => view(k)), purchase] });
  expect(await (await fetch(`${service.url}/v1/events`, { method: 'POST', body })).json()).toEqual({
    accepted: 101,
  });
  await service.close();

  const { log, problems } = await readShop({ events: [folder], map: {} });
  expect(log.count).toBe(EVENT_LIMITS.countsPerItem);
  expect(problems).toMatchObject([
    { what: 'events over what the service counts of one session or client, left out', count: 90 },
  ]);
});
