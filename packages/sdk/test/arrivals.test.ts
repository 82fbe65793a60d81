import { describe, expect, it, vi } from 'vitest';
import { ids, learnt, testShelves } from './testShelves.ts';

const at = testShelves();

/** A network that is slow to answer what is asked of the metadata service. */
const slow =
  (milliseconds: number): typeof fetch =>
  async (input, init) => {
    if (String(input).includes('/v1/')) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return await fetch(input, init);
  };

describe('a product that the model never saw', () => {
  const arrival = { id: 'new', title: 'New', category: ['Food', 'Fruit'], brand: 'Brand 1', price: 3 };
  const known = { id: arrival.id, category: arrival.category };

  it('given its category alone, stands by the token of its leaf category, or of the deepest level that was trained', async () => {
    const shelf = await at.open({ kv: '' });
    const find = async (category: string[]) =>
      (await shelf.recommend({ k: 1000, candidates: [{ id: category.join(), category }] })).items.find(
        ({ item }) => item.id === category.join(),
      )!;
    expect(await find(['Food', 'Fruit'])).toMatchObject({ rung: 'category', token: 'unknown_food>fruit' });
    expect(await find(['Food', 'Cake'])).toMatchObject({ rung: 'category', token: 'unknown_food' });
    expect(await find(['Toys'])).toMatchObject({ rung: 'root', token: 'unknown' });
  });

  it('is found by its attributes within the deadline where the service knows it', async () => {
    const shelf = await at.open({ refresh: 0 });
    await learnt(shelf);
    await at.shop.put([arrival]);
    const { items } = await shelf.recommend({ candidates: [known], only: true, deadline: 5000 });
    expect(items[0]).toMatchObject({ item: arrival, rung: 'attributes', freshness: 'fresh' });
  });

  it('is not waited for beyond the deadline, and improves the shelf when its attributes come', async () => {
    const shelf = await at.open({ refresh: 0, fetch: slow(150) });
    await learnt(shelf);
    await at.shop.put([arrival]);
    const ask = (deadline: number) => shelf.recommend({ candidates: [known], only: true, deadline });
    let second: Awaited<ReturnType<typeof ask>> | undefined;
    const first = await ask(20);
    shelf.on('improved', async () => (second = await ask(0)));
    expect(first.milliseconds).toBeLessThan(140);
    expect(first.items[0]).toMatchObject({ rung: 'category', token: 'unknown_food>fruit' });
    await vi.waitFor(() =>
      expect(second?.items[0]).toMatchObject({ item: arrival, rung: 'attributes', freshness: 'fresh' }),
    );
  });

  it('is waited for without end where the deadline is infinite', async () => {
    const shelf = await at.open({ refresh: 0, fetch: slow(60) });
    await learnt(shelf);
    await at.shop.put([arrival]);
    const { items } = await shelf.recommend({ candidates: [known], only: true, deadline: Infinity });
    expect(items[0]).toMatchObject({ item: arrival, rung: 'attributes', freshness: 'fresh' });
  });

  it('is learnt in the background once it is in the service', async () => {
    const shelf = await at.open();
    await learnt(shelf);
    await at.shop.put([arrival]);
    await vi.waitFor(async () => {
      expect(ids(await shelf.recommend({ k: 1000 }))).toContain('new');
    });
    expect(shelf.item('new')).toEqual(arrival);
  });

  it('counts in the history by its rung', async () => {
    const shelf = await at.open({ kv: '' });
    const before = await shelf.recommend({ k: 1000 });
    shelf.track({ item: known, kind: 'view' });
    const after = await shelf.recommend({ k: 1000 });
    expect(ids(after)).not.toEqual(ids(before));
    expect(ids(after)).not.toContain('new');
  });
});
