import { join } from 'node:path';
import { encodeLive } from '@evershelf/model';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventFolder, lmdbStore } from '../../src/index.ts';
import { startedService } from '../startedService.ts';
import { tempFolder } from '../tempFolder.ts';
import { killRounds } from './killRounds.ts';

// `pnpm soak --only kills` does it 200 times on each store.
describe('a service that is killed', { timeout: 120_000 }, () => {
  it('has each acknowledged write, each acknowledged event in its log once, and in its counters as often as in its log', async () => {
    const data = await tempFolder();
    const { lines, kills, writes, events, counters, ...wrong } = await killRounds({
      place: `lmdb:${data}`,
      data,
      rounds: 4,
      eventsARound: 150,
      random: Math.random,
      onStart: (child) => onTestFinished(() => void child.kill('SIGKILL')),
    });
    expect(kills).toBe(4);
    expect(writes).toBeGreaterThan(0);
    expect(events).toBeGreaterThan(600);
    expect(wrong).toMatchObject({
      wrongItems: [],
      lostEvents: [],
      repeatedEvents: [],
      strangeLines: [],
      wrongCounters: [],
      refused: [],
    });

    const service = await startedService({
      store: await lmdbStore(join(data, 'items.mdb')),
      events: await eventFolder(join(data, 'events')),
    });
    await service.flush();
    const counted = new Map<string, number>();
    for (const { item_id } of lines) counted.set(item_id, (counted.get(item_id) ?? 0) + 1);
    expect(counted.size).toBe(counters);
    const ids = [...counted.keys()];
    for (let at = 0; at < ids.length; at += 100) {
      const some = ids.slice(at, at + 100);
      const { items } = (await service.get(`/v1/items?ids=${some.join(',')}`)).body;
      const live = new Map(items.map((each) => [each.item.id, each.live?.[2]]));
      expect(some.map((id) => [id, live.get(id)])).toEqual(
        some.map((id) => [id, encodeLive(counted.get(id)!)]),
      );
    }
  });
});
