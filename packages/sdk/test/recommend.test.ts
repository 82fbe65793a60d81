import {
  itemPrior,
  liveDecay,
  makeQuery,
  readArtifact,
  referenceScores,
  rowsOf,
  scoreTolerance,
} from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { type Shelf } from '../src/index.ts';
import { ids, learnt, testShelves } from './testShelves.ts';

const at = testShelves();

describe('recommend', () => {
  it('ranks the whole catalogue as the reference scorer does, by when and how the history came about', async () => {
    let now = 1_700_000_000_000;
    const shelf = await at.open({ kv: '', now: () => now });
    shelf.track({ item: at.shop.items[3]!, kind: 'purchase' });
    now += 9 * 86_400_000;
    shelf.track({ item: at.shop.items[7]!, kind: 'view' });
    now += 120_000;
    const context = at.shop.items[20]!;
    const { items } = await shelf.recommend({ k: 1000, context });

    const artifact = await readArtifact(async (name) => at.shop.files.get(name)!);
    const { tables, index, manifest, catalogue } = artifact;
    const weights = manifest.heads.mixed;
    const past = (item: number, age: number, gap: number, kind: string) => ({
      ...{ item, age, gap, kind },
      rows: rowsOf(index, item),
    });
    const query = makeQuery(
      { ...artifact, ...manifest },
      weights,
      [past(3, 2, 9 * 86_400 + 120, 'purchase'), past(7, 1, 120, 'view'), past(20, 0, 0, 'view')],
      [
        {
          index: 3,
          frequency: liveDecay(9 * 86_400 + 120, manifest.frequencyHalfLife),
          inSession: false,
        },
      ],
    );
    const expected = referenceScores(tables, index, itemPrior(index, weights), query);
    // All but the item that is looked at.
    expect(items).toHaveLength(catalogue.ids.length - 1);
    for (const { item, score } of items) {
      const reference = expected[catalogue.find(item.id)!]!;
      expect(Math.abs(score - reference)).toBeLessThanOrEqual(scoreTolerance(reference));
    }
    expect(items.map(({ score }) => score)).toEqual(
      items.map(({ score }) => score).toSorted((a, b) => b - a),
    );
  });

  it('answers for many shelves at once as for each alone', async () => {
    const shelf = await at.open();
    await learnt(shelf);
    shelf.track({ item: at.shop.items[3]!, kind: 'purchase' });
    const all = [
      { k: 4 },
      { k: 1000, intent: 'discover' as const },
      ...at.shop.items.slice(0, 10).map((context) => ({ context, k: 5 })),
    ];
    const together = await shelf.recommendAll(all);
    expect(together).toHaveLength(all.length);
    for (const [place, options] of all.entries())
      expect(together[place]!.items).toEqual((await shelf.recommend(options)).items);
    expect(await shelf.recommendAll([])).toEqual([]);
    await expect(shelf.recommendAll([{ k: 4 }, { k: 0 }])).rejects.toThrow('k: found 0');
    await expect(
      shelf.recommendAll([{ k: 4 }, { signal: AbortSignal.abort(new Error('gone')) }]),
    ).rejects.toThrow('gone');
  });

  it('hands over what a card needs', async () => {
    const shelf = await at.open();
    await learnt(shelf);
    const { items, engine, milliseconds, revision } = await shelf.recommend({ k: 3 });
    expect(items).toHaveLength(3);
    for (const { item, rung, freshness } of items) {
      expect(item).toEqual(at.shop.items.find(({ id }) => id === item.id));
      expect(rung).toBe(Number(item.id.split(' ')[1]) < 50 ? 'known' : 'attributes');
      expect(freshness).toBe('fresh');
    }
    expect(engine).toBe('cpu');
    expect(milliseconds).toBeGreaterThan(0);
    expect(revision).toBeGreaterThan(0);
  });

  it('leaves out what is excluded, filtered, looked at, out of stock or out of the shop', async () => {
    const [excluded, looked, sold, dropped] = at.shop.items;
    await at.shop.put([{ ...sold!, inStock: false }]);
    await at.shop.remove([dropped!.id]);
    const shelf = await at.open();
    await learnt(shelf);
    const found = ids(
      await shelf.recommend({
        k: 1000,
        exclude: [excluded!.id, 'nobody knows'],
        context: looked!.id,
        filter: ({ brand }) => brand !== 'Brand 4',
      }),
    );
    const expected = at.shop.items.slice(4).filter(({ brand }) => brand !== 'Brand 4');
    expect(found.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  });

  it('ranks the candidates alone where asked to', async () => {
    const shelf = await at.open({ kv: '' });
    const candidates = [at.shop.items[3]!, { id: 'stranger', category: ['Food', 'Fruit'] }];
    const found = ids(await shelf.recommend({ candidates, only: true }));
    expect(found.toSorted()).toEqual(candidates.map(({ id }) => id).toSorted());
  });

  it.each([
    [{ k: 0 }, 'k: found 0, wanted a whole number from 1 to 1000'],
    [{ k: 2.5 }, 'k: found 2.5'],
    [{ deadline: -1 }, 'deadline: found -1'],
    [{ deadline: NaN }, 'deadline: found NaN'],
    [{ exclude: 'sku-1' }, 'exclude: found "sku-1", wanted a list of ids'],
    [{ filter: 'brand' as never }, 'filter: found "brand", wanted a function'],
    [{ candidates: { id: 'a' } as never }, 'candidates: found {"id":"a"}, wanted a list'],
    [{ candidates: [{ id: '' }] }, 'id: found "", wanted a text'],
    [{ context: { id: 'a', category: 'Food' as never } }, 'category: found "Food", wanted a path'],
  ])('refuses %j', async (options, message) => {
    const shelf = await at.open({ kv: '' });
    await expect(shelf.recommend(options)).rejects.toThrow(message);
  });

  it('rejects with the reason of its signal, and once the shelf is closed', async () => {
    const shelf = await at.open();
    const controller = new AbortController();
    const answer = shelf.recommend({ signal: controller.signal, candidates: [{ id: 'x' }], deadline: 5000 });
    controller.abort(new Error('gone'));
    await expect(answer).rejects.toThrow('gone');
    shelf.close();
    await expect(shelf.recommend()).rejects.toThrow('closed');
  });

  it('puts what the shopper looks at to use: its kin rises', async () => {
    const shelf = await at.open({ kv: '' });
    const before = await shelf.recommend({ k: 1000 });
    shelf.track({ item: at.shop.items[0]!, kind: 'view' });
    const after = await shelf.recommend({ k: 1000 });
    expect(ids(after)).not.toEqual(ids(before));
  });

  it.each(['impression', 'click'])('takes no %s into the history', async (kind) => {
    const shelf = await at.open({ kv: '' });
    const before = await shelf.recommend({ k: 1000 });
    shelf.track([{ item: at.shop.items[0]!, kind, shelf: 'home', position: 1 }]);
    expect(ids(await shelf.recommend({ k: 1000 }))).toEqual(ids(before));
    expect(shelf.status().profile).toEqual({ events: 0, items: 0 });
  });
});

describe('a shelf for an intent', () => {
  const bought = ['item 4 ü', 'item 9 ü', 'item 20 ü'];
  const shopper = async (): Promise<Shelf> => {
    const shelf = await at.open({ kv: '' });
    for (const item of bought) shelf.track({ item, kind: 'purchase' });
    return shelf;
  };

  it('discovers nothing that the shopper had', async () => {
    const found = ids(await (await shopper()).recommend({ k: 1000, intent: 'discover' }));
    expect(found).toHaveLength(at.shop.items.length - bought.length);
    expect(found).not.toEqual(expect.arrayContaining([bought[0]]));
  });

  it('shows only that again', async () => {
    const found = ids(await (await shopper()).recommend({ k: 1000, intent: 'again' }));
    expect(found.toSorted()).toEqual(bought.toSorted());
  });

  it('mixes both unless told', async () => {
    expect(ids(await (await shopper()).recommend({ k: 1000 }))).toHaveLength(at.shop.items.length);
  });

  it('is refused for another purpose', async () => {
    await expect((await at.open()).recommend({ intent: 'sell' as 'mixed' })).rejects.toThrow(
      'intent: found "sell", wanted one of mixed, discover, again',
    );
  });
});

describe('a stranger', () => {
  it('is shown what sells', async () => {
    const shelf = await at.open({ kv: '' });
    const { index, catalogue } = await readArtifact(async (name) => at.shop.files.get(name)!);
    const sold = ids(await shelf.recommend({ k: 1000 })).map(
      (id) => index.live[3 * catalogue.find(id)! + 2]!,
    );
    expect(sold).toEqual(sold.toSorted((a, b) => b - a));
  });
});

describe('explain', () => {
  it('says for each item how its score adds up, by signal and by what the shopper did', async () => {
    const shelf = await at.open({ kv: '' });
    shelf.track({ item: 'item 4 ü', kind: 'purchase' });
    shelf.track({ item: { id: 'never heard of', category: ['Food'] }, kind: 'view' });
    const options = { context: 'item 7 ü', intent: 'discover' } as const;
    const { items } = await shelf.recommend({ k: 20, ...options });
    for (const { item, score } of items) {
      const why = shelf.explain(item.id, options)!;
      expect(why.score).toBeCloseTo(score, 3);
      expect(why.history.map((each) => each.item.id)).toEqual(['item 4 ü', 'never heard of', 'item 7 ü']);
      const { deep, match, wide } = why.signals;
      const shared = why.history.reduce((sum, { gave }) => sum + gave, why.anyone);
      expect(shared).toBeCloseTo(deep + match + wide, 3);
    }
  });

  it('knows nothing of an item that nobody does', async () => {
    expect((await at.open({ kv: '' })).explain('never heard of')).toBeUndefined();
  });
});

describe('options', () => {
  it.each([
    [{ model: '' }, 'model: found "", wanted the folder of an artifact'],
    [{ consent: 'yes' as never }, 'consent: found "yes", wanted one of none, cache, profile'],
    [{ engine: 'gpu' as never }, 'engine: found "gpu", wanted one of auto, cpu, worker, webgpu'],
    [{ refresh: -1 }, 'refresh: found -1, wanted milliseconds from 0 to 86400000'],
    [{ refresh: Infinity }, 'refresh: found Infinity'],
    [{ kv: 5 as never }, 'kv: found 5'],
  ])('%j are refused', async (options, message) => {
    await expect(at.open(options)).rejects.toThrow(message);
  });

  it('an event without a kind is refused', async () => {
    const shelf = await at.open();
    expect(() => shelf.track({ item: 'a', kind: '' })).toThrow('kind: found ""');
    expect(() => shelf.track({ item: 'a', kind: 'view', quantity: 0 })).toThrow('quantity: found 0');
    expect(() => shelf.track('a' as never)).toThrow('event: found "a", wanted { item, kind }');
  });

  it('WebGPU where there is none falls back to the CPU and says why', async () => {
    const shelf = await at.open({ engine: 'webgpu' });
    expect((await shelf.recommend({ deadline: 5000 })).engine).toBe('cpu');
    expect(shelf.status().engines.one.reason).toMatch(/^no GPU: /);
  });
});
