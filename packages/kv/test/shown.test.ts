import { encodeLive } from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { eventFolder } from '../src/index.ts';
import { logged } from './logged.ts';
import { startedService } from './startedService.ts';
import { tempFolder } from './tempFolder.ts';

const NOW = 1_760_000_000;
const placed = {
  shelf: 'home',
  position: 2,
  model: 'sha-1',
  propensity: 0.75,
  experiment: 'heads',
  variant: 'b',
};

describe('what a shelf has shown', () => {
  it('is logged with the shelf, the position, the model and the experiment', async () => {
    const folder = await tempFolder();
    const service = await startedService({ events: await eventFolder(folder), now: () => NOW });
    const answer = await service.post([
      { item: 'a', kind: 'impression', session: 's', ...placed },
      { item: 'a', kind: 'purchase', session: 's', ...placed, experiment: null, variant: null },
    ]);
    expect(answer.body).toEqual({ accepted: 2 });
    const line = { timestamp: NOW, item_id: 'a', quantity: 1, session_id: 's', user_id: null };
    const { experiment, variant, ...place } = placed;
    expect(await logged(folder)).toEqual([
      { ...line, event_type: 'impression', counted: false, ...place, experiment, variant },
      { ...line, event_type: 'purchase', ...place },
    ]);
  });

  it('is counted nowhere, and takes nothing from what is', async () => {
    const service = await startedService({ now: () => NOW, flushSeconds: 1e6 });
    await service.put([{ id: 'a' }, { id: 'b' }]);
    await service.post([
      { item: 'a', kind: 'impression', session: 's', after: [{ item: 'b', age: 1 }], ...placed },
      { item: 'a', kind: 'click', session: 's', ...placed },
    ]);
    await service.flush();
    expect((await service.get('/v1/items?ids=a')).body.items[0]!.live).toBeUndefined();
    expect(await service.pairs('b')).toEqual({});
    await service.post([{ item: 'a', kind: 'view', session: 's' }]);
    await service.flush();
    expect((await service.get('/v1/items?ids=a')).body.items[0]!.live![0]).toBe(encodeLive(1));
  });

  it.each([
    ['shelf', ''],
    ['shelf', 7],
    ['position', 0],
    ['position', 1.5],
    ['position', 1001],
    ['model', 'm'.repeat(257)],
    ['propensity', 0],
    ['propensity', 1.01],
    ['propensity', 'half'],
    ['experiment', {}],
    ['variant', ''],
  ])('is refused where its %s is %j', async (name, value) => {
    const service = await startedService();
    const answer = await service.post([{ item: 'a', kind: 'impression', ...placed, [name]: value }]);
    expect(answer.status).toBe(400);
    expect(answer.body.events[0]!.message).toMatch(new RegExp(`^${name}: wanted`));
  });

  it('is left out beyond 6,000 a minute, while all else of the same request is taken', async () => {
    const folder = await tempFolder();
    const service = await startedService({
      events: await eventFolder(folder),
      now: () => NOW,
      limits: { shownPerMinute: 3 },
    });
    const shown = { item: 'a', kind: 'impression', ...placed };
    expect((await service.post([shown, shown])).body).toEqual({ accepted: 2 });
    const answer = await service.post([shown, { item: 'b', kind: 'purchase' }, shown, { item: 'c' }]);
    expect(answer.body).toMatchObject({ accepted: 1, over: 2, refused: 1, events: [{ at: 3 }] });
    expect((await service.post([shown, shown])).body).toEqual({ accepted: 0, over: 2 });
    expect((await logged(folder)).map(({ item_id }) => item_id)).toEqual(['a', 'a', 'b']);
  });
});
