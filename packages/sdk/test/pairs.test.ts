import { pageOf } from '@evershelf/model';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Shelf, ShelfOptions } from '../src/index.ts';
import { smallArtifact } from '../../model/test/smallArtifact.ts';
import { learnt, testShelves } from './testShelves.ts';
import { openTestShop } from './testShop.ts';

const [A, B, C] = ['item 10 ü', 'item 40 ü', 'item 45 ü'];

const at = testShelves();
/** Numbers of the pages of pairs that were asked for. */
let asked: number[];

beforeEach(() => void (asked = []));
afterEach(() => void vi.unstubAllGlobals());

/** Opens a shelf whose requests for pairs are noted, and answered by `answer`. */
function open(options: Partial<ShelfOptions> = {}, answer: typeof fetch = fetch): Promise<Shelf> {
  return at.open({
    refresh: 0,
    fetch: async (input, init) => {
      const page = /\/v1\/pairs\/(\d+)$/.exec(String(input))?.[1];
      if (page === undefined) return await fetch(input, init);
      asked.push(Number(page));
      return await answer(input, init);
    },
    ...options,
  });
}

const patient = { k: 1000, deadline: 5000 };

const rankOf = async (shelf: Shelf, id: string, context: string): Promise<number> =>
  (await shelf.recommend({ ...patient, context })).items.findIndex(({ item }) => item.id === id);

const gave = (shelf: Shelf, id: string, context: string): number =>
  shelf.explain(id, { context })!.signals.pairs;

describe('what other shoppers took together', () => {
  it('rises on the shelf, by what their pages sent and the service counted', async () => {
    vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
    const sent: Promise<unknown>[] = [];
    const sendBeacon = (url: string, body: string): boolean =>
      sent.push(fetch(url, { method: 'POST', body })) > 0;
    vi.stubGlobal('navigator', { onLine: true, sendBeacon });
    await at.shop.put([{ id: 'arrival', category: ['Food'], brand: 'Brand 1' }]);
    let time = 1_000 * Math.floor(Date.now() / 1000) - 60_000;
    const now = (): number => time;

    const before = await open({ now });
    await learnt(before);
    const rank = { b: await rankOf(before, B, A), arrival: await rankOf(before, 'arrival', A) };
    expect(gave(before, B, A)).toBe(0);
    for (let shopper = 0; shopper < 6; shopper++) {
      const shelf = await open({ now, events: true });
      for (const item of [A, B, 'arrival']) {
        time += 1000;
        shelf.track({ item, kind: 'view' });
      }
      shelf.close();
    }
    await Promise.all(sent);
    await at.shop.service.flush();

    // Counters are asked for once in five minutes.
    time += 6 * 60_000;
    const after = await open({ now });
    await learnt(after);
    await vi.waitFor(async () => expect(await rankOf(after, B, A)).toBeLessThan(rank.b), 10_000);
    expect(await rankOf(after, 'arrival', A)).toBeLessThan(rank.arrival);
    expect(gave(after, B, A)).toBeGreaterThan(0.2);
    expect(gave(after, 'arrival', A)).toBeGreaterThan(0.1);
    await rankOf(after, B, 'arrival');
    expect(gave(after, B, 'arrival')).toBeGreaterThan(0.1);
    const why = after.explain(B, { context: A })!;
    const { deep, match, wide, pairs } = why.signals;
    const shared = why.history.reduce((sum, { gave }) => sum + gave, why.anyone);
    expect(shared).toBeCloseTo(deep + match + wide + pairs, 3);
  });

  it('is asked for by the page of the shop that an item falls in, once a minute at most', async () => {
    let time = 1_760_000_000_000;
    await at.shop.put([at.shop.items[10]!], { [A]: [[B, 3]] });
    const shelf = await open({ now: () => time });
    await Promise.all([rankOf(shelf, B, A), rankOf(shelf, B, A)]);
    expect(asked).toEqual([pageOf(A, 256)]);
    const first = gave(shelf, B, A);
    await at.shop.put([at.shop.items[10]!], { [A]: [[B, 6]] });
    time += 59_000;
    await rankOf(shelf, B, A);
    expect(asked).toHaveLength(1);
    let improved = 0;
    shelf.on('improved', () => improved++);
    time += 1_000;
    await rankOf(shelf, B, A);
    await vi.waitFor(() => expect(gave(shelf, B, A)).toBeCloseTo(2 * first, 5));
    expect(asked).toHaveLength(2);
    await vi.waitFor(() => expect(improved).toBeGreaterThan(0));
  });

  it('is not waited for beyond the deadline, and improves the shelf when it comes', async () => {
    await at.shop.put([at.shop.items[10]!], { [A]: [[B, 1e7]] });
    const shelf = await open({}, async (input, init) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return await fetch(input, init);
    });
    await learnt(shelf);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const ask = async (): Promise<string> =>
      (await shelf.recommend({ k: 1, context: A, deadline: 20 })).items[0]!.item.id;
    const began = performance.now();
    expect(await ask()).not.toBe(B);
    expect(performance.now() - began).toBeLessThan(190);
    let shown: string | undefined;
    shelf.on('improved', async () => (shown = await ask()));
    await vi.waitFor(() => expect(shown).toBe(B));
    expect(asked).toHaveLength(1);
  });

  it('is on the device for a returning visit, offline too, where the shopper agreed to a profile', async () => {
    await at.shop.put([at.shop.items[10]!], { [A]: [[B, 3]] });
    const first = await open({ consent: 'profile' });
    await rankOf(first, B, A);
    await learnt(first);
    const known = gave(first, B, A);
    expect(known).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    first.close();

    const noNetwork = async (): Promise<Response> => {
      throw new TypeError('no network');
    };
    const second = await open({ consent: 'profile', fetch: noNetwork });
    await vi.waitFor(() => expect(second.status().offline).toBe(true));
    await rankOf(second, B, A);
    expect(gave(second, B, A)).toBe(known);
    expect((await second.recommend({ k: 1, context: C })).items).toHaveLength(1);
    second.close();

    const third = await open({ consent: 'cache', fetch: noNetwork });
    await rankOf(third, B, A);
    expect(gave(third, B, A)).toBe(0);
  });

  it('is asked for once and no more where the service has none', async () => {
    const shelf = await open({}, async () => new Response('', { status: 404 }));
    await rankOf(shelf, B, A);
    await rankOf(shelf, B, C);
    expect(asked).toEqual([pageOf(A, 256)]);
    expect(shelf.status()).toMatchObject({ offline: false });
    expect(shelf.status().lastError).toBeUndefined();
  });

  it('that cannot be read changes nothing', async () => {
    const shelf = await open({}, async () => new Response('{"page":-1}'));
    expect(await rankOf(shelf, B, A)).toBeGreaterThanOrEqual(0);
    expect(shelf.status().lastError).toContain('found page -1, wanted this page with its items');
    await at.shop.put([at.shop.items[10]!]);
    const entries = [null, { id: 7 }, { id: A, pairs: [[B, 'much'], ['nobody knows', 1], null, [C, 2]] }];
    const other = await open({}, async () => Response.json({ page: pageOf(A, 256), items: entries }));
    await rankOf(other, B, A);
    expect(gave(other, B, A)).toBe(0);
    expect(gave(other, C, A)).toBeGreaterThan(0);
  });

  it('is asked for neither without a context nor by a model that does not read it', async () => {
    const shelf = await open();
    await shelf.recommend(patient);
    const { heads } = smallArtifact().draft;
    const without = { ...heads.mixed, pairs: 0 };
    const other = await openTestShop(1, { heads: { mixed: without, discover: without, again: without } });
    const plain = await open({ model: other.model });
    await rankOf(plain, B, A);
    await other.close();
    expect(asked).toEqual([]);
    const half = await openTestShop(1, { heads: { ...heads, discover: without } });
    const third = await open({ model: half.model });
    await third.recommend({ ...patient, context: A, intent: 'discover' });
    expect(asked).toEqual([]);
    await rankOf(third, B, A);
    expect(asked).toHaveLength(1);
    await half.close();
  });
});
