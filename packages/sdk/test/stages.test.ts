import { FILES } from '@evershelf/model';
import { describe, expect, it, vi } from 'vitest';
import type { ShelfOptions } from '../src/index.ts';
import { completed, ids, testShelves } from './testShelves.ts';

const at = testShelves();
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));
/** Settles when a visit finds the model on the device. */
const stored = (options: Partial<ShelfOptions>): Promise<void> =>
  vi.waitFor(
    async () => {
      const visit = await at.openEarly(options);
      visit.close();
      expect(visit.status().cache.model).toBe(true);
    },
    { timeout: 5000 },
  );

describe('a shelf whose tables are still on their way', () => {
  it('shows a stranger what it will show when they are here', async () => {
    const release = at.shop.hold(FILES.tables);
    const shelf = await at.openEarly({ kv: '' });
    const early = await shelf.recommend({ k: 1000 });
    expect(early.complete).toBe(false);
    release();
    await completed(shelf);
    const late = await shelf.recommend({ k: 1000 });
    expect(late.complete).toBe(true);
    expect(early.items).toEqual(late.items);
  });

  it('answers a shopper from what is known, tells when it knows more, and is then as one that had waited', async () => {
    const whole = await at.open({ kv: '', consent: 'none' });
    const release = at.shop.hold(FILES.tables);
    const shelf = await at.openEarly({ kv: '', consent: 'none' });
    const [first, second] = [at.shop.items[3]!.id, at.shop.items[8]!.id];
    const stranger = await shelf.recommend({ k: 1000 });
    for (const each of [whole, shelf]) each.track([{ item: first, kind: 'purchase' }]);
    const early = await shelf.recommend({ k: 1000, context: second });
    expect(early).toMatchObject({ complete: false });
    expect(early.items).toHaveLength(59);
    const scoreOf = ({ items }: typeof early): number => items.find(({ item }) => item.id === first)!.score;
    // Bought once, a moment ago: frequency 2 x ln 2, had -1, in this session -3.
    expect(scoreOf(early)).toBeCloseTo(scoreOf(stranger) + 2 * Math.LN2 - 1 - 3, 5);
    expect(shelf.explain(first)).toBeUndefined();
    expect(ids(await shelf.recommend({ intent: 'again' }))).toEqual([first]);

    let told = 0;
    shelf.on('improved', () => told++);
    release();
    await vi.waitFor(() => expect(told).toBeGreaterThan(0));
    const late = await shelf.recommend({ k: 1000, context: second });
    expect(late.complete).toBe(true);
    expect(ids(late)).toEqual(ids(await whole.recommend({ k: 1000, context: second })));
    expect(ids(late)).not.toEqual(ids(early));
  });

  it('places by its attributes an item that came before them', async () => {
    const release = at.shop.hold(FILES.edges);
    const shelf = await at.openEarly({ kv: '' });
    const candidates = [{ id: 'new', category: ['Food'], brand: 'Brand 2' }];
    const rung = async (): Promise<string> =>
      (await shelf.recommend({ candidates, only: true })).items[0]!.rung;
    expect(await rung()).toBe('category');
    release();
    await completed(shelf);
    expect(await rung()).toBe('attributes');
  });

  it('asks for them when the shop is there, not beside it', async () => {
    const release = at.shop.hold(FILES.catalogue);
    const opening = at.openEarly({ kv: '' });
    await vi.waitFor(() => expect(at.shop.asked).toContain(FILES.catalogue));
    await pause();
    expect(at.shop.asked).toHaveLength(3);
    release();
    await completed(await opening);
    expect(at.shop.asked.slice(3).toSorted()).toEqual([FILES.edges, FILES.tables]);
  });

  it('goes on as it is where they cannot be read, and says why', async () => {
    at.shop.files.set(FILES.tables, at.shop.files.get(FILES.tables)!.slice(0, 999));
    const shelf = await at.openEarly();
    await vi.waitFor(() =>
      expect(shelf.status().lastError).toMatch(/tables\.safetensors: found 999 bytes, wanted \d+/),
    );
    expect(shelf.status().complete).toBe(false);
    shelf.track({ item: at.shop.items[3]!.id, kind: 'purchase' });
    expect((await shelf.recommend()).items).toHaveLength(8);
    shelf.close();
    at.shop.asked.length = 0;
    const next = await at.openEarly({ kv: '' });
    expect(next.status().cache.model).toBe(false);
  });

  it('asks again once the network is back', async () => {
    const release = at.shop.hold(FILES.tables);
    const shelf = await at.openEarly({ kv: '' });
    await vi.waitFor(() => expect(at.shop.asked).toContain(FILES.tables));
    shelf.offline(true);
    await vi.waitFor(() => expect(shelf.status().lastError).toMatch(/tables\.safetensors/));
    expect((await shelf.recommend()).items[0]).toMatchObject({ freshness: 'offline' });
    release();
    shelf.offline(false);
    await completed(shelf);
    expect(shelf.status().lastError).toBeUndefined();
  });
});

describe('a returning visit', () => {
  it('has all of the model from the device, and a shopper waits for it', async () => {
    const first = await at.open({ kv: '', consent: 'profile' });
    first.track({ item: at.shop.items[3]!.id, kind: 'purchase' });
    const before = await first.recommend({ k: 1000 });
    await stored({ kv: '', consent: 'profile' });
    first.close();
    at.shop.files.clear();
    const second = await at.openEarly({ kv: '', consent: 'profile' });
    const after = await second.recommend({ k: 1000, deadline: 5000 });
    expect(after.complete).toBe(true);
    expect(ids(after)).toEqual(ids(before));
  });

  it('does not find a model on the device that an earlier visit left before all of it was there', async () => {
    const release = at.shop.hold(FILES.edges);
    const first = await at.openEarly({ kv: '' });
    await vi.waitFor(() => expect(at.shop.asked).toContain(FILES.tables));
    await pause();
    first.close();
    release();
    const second = await at.openEarly({ kv: '' });
    expect(second.status().cache.model).toBe(false);
    await completed(second);
    await stored({ kv: '' });
  });
});
