import { FILES } from '@evershelf/model';
import { describe, expect, it, vi } from 'vitest';
import { type Shelf } from '../src/index.ts';
import { openTestShop } from './testShop.ts';
import { ids, learnt, testShelves } from './testShelves.ts';

const at = testShelves();

describe('the model', () => {
  it('is refused where a byte of it is wrong, by file, found and wanted', async () => {
    const bytes = at.shop.files.get('items.safetensors')!;
    bytes[bytes.length >> 1]! ^= 1;
    await expect(at.openEarly()).rejects.toThrow(/items\.safetensors: found SHA-256 .*, wanted /);
  });

  it('is refused where it is not there', async () => {
    at.shop.files.clear();
    await expect(at.open()).rejects.toThrow(/manifest\.json: found status 404, wanted 200/);
  });

  it('comes from the device on the next visit, and a newer one is there for the visit after', async () => {
    const first = await at.open({ kv: '' });
    const { model } = first.status();
    await vi.waitFor(async () => expect((await indexedDB.databases()).length).toBeGreaterThan(0));
    await new Promise((resolve) => setTimeout(resolve, 50));
    first.close();

    const newer = await openTestShop(2);
    at.shop.files.clear();
    for (const [name, bytes] of newer.files) at.shop.files.set(name, bytes);
    await newer.close();
    at.shop.asked.length = 0;
    const second = await at.open({ kv: '' });
    expect(second.status()).toMatchObject({ model, cache: { model: true } });
    await vi.waitFor(() => expect(at.shop.asked).toHaveLength(1 + Object.keys(FILES).length));
    await new Promise((resolve) => setTimeout(resolve, 50));
    second.close();
    const third = await at.open({ kv: '' });
    expect(third.status().cache.model).toBe(true);
    expect(third.status().model).not.toBe(model);
  });

  it('is not loaded where its signal has fired', async () => {
    await expect(at.open({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
  });
});

describe('what is kept of a shopper', () => {
  it('is nothing by default: the next visit starts anew', async () => {
    const first = await at.open();
    first.track({ item: at.shop.items[0]!.id, kind: 'purchase' });
    expect(first.status().profile).toEqual({ events: 1, items: 1 });
    first.close();
    expect((await at.open()).status().profile).toEqual({ events: 0, items: 0 });
  });

  it('is the profile where the shopper agreed, until the shopper changes their mind', async () => {
    const first = await at.open({ consent: 'profile' });
    first.track([
      { item: at.shop.items[0]!.id, kind: 'purchase' },
      { item: at.shop.items[1]!.id, kind: 'view' },
    ]);
    const shelf = await first.recommend({ k: 1000 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    first.close();
    const second = await at.open({ consent: 'profile', kv: '' });
    expect(second.status().profile).toEqual({ events: 2, items: 1 });
    expect(ids(await second.recommend({ k: 1000 }))).toEqual(ids(shelf));
    second.close();
    const third = await at.open({ consent: 'cache', kv: '' });
    third.close();
    expect((await at.open({ consent: 'profile', kv: '' })).status().profile).toEqual({ events: 0, items: 0 });
  });

  it.each([NaN, Infinity, undefined])(
    'is a history, where the clock of the page gives %s too',
    async (time) => {
      const finite = async (shelf: Shelf): Promise<void> => {
        const { items } = await shelf.recommend({ k: 1000 });
        expect(items.map(({ score }) => score).filter((score) => !Number.isFinite(score))).toEqual([]);
      };
      const first = await at.open({ consent: 'profile', kv: '', now: () => time as number });
      for (const item of at.shop.items.slice(0, 2)) first.track({ item, kind: 'purchase' });
      await finite(first);
      await new Promise((resolve) => setTimeout(resolve, 50));
      first.close();
      const second = await at.open({ consent: 'profile', kv: '' });
      expect(second.status().profile).toEqual({ events: 2, items: 2 });
      second.track({ item: at.shop.items[0]!, kind: 'purchase' });
      await finite(second);
    },
  );

  it('is gone after forget', async () => {
    const first = await at.open({ consent: 'profile' });
    await learnt(first);
    first.track({ item: at.shop.items[0]!.id, kind: 'purchase' });
    await first.forget();
    expect(first.status()).toMatchObject({ profile: { events: 0, items: 0 }, cache: { persistent: false } });
    first.track({ item: at.shop.items[0]!.id, kind: 'purchase' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    first.close();
    const second = await at.open({ consent: 'profile' });
    expect(second.status()).toMatchObject({ profile: { events: 0 }, cache: { model: false, pages: 0 } });
  });

  it('is gone after forget, and the catalogue is left where that is wanted', async () => {
    const first = await at.open({ consent: 'profile' });
    await learnt(first);
    first.track({ item: at.shop.items[0]!.id, kind: 'purchase' });
    await first.forget('cache');
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['evershelf-catalogue']);
    expect(first.status()).toMatchObject({ profile: { events: 0 }, cache: { persistent: true } });
    first.close();
    const second = await at.open({ consent: 'profile' });
    expect(second.status()).toMatchObject({ profile: { events: 0 }, cache: { model: true } });
  });

  it('leaves no database where nothing may be kept', async () => {
    const first = await at.open({ consent: 'profile' });
    await learnt(first);
    first.close();
    await at.open({ consent: 'none' });
    await vi.waitFor(async () => expect(await indexedDB.databases()).toEqual([]));
  });

  it('does not leave the device', async () => {
    const bodies: unknown[] = [];
    const shelf = await at.open({
      fetch: async (input, init) => {
        bodies.push(init?.body, String(input));
        return await fetch(input, init);
      },
    });
    shelf.track({ item: at.shop.items[5]!.id, kind: 'purchase' });
    await learnt(shelf);
    expect(bodies.filter((body) => String(body).includes('item 5'))).toEqual([]);
  });
});
