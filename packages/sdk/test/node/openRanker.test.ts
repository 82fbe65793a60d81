import { readFile, rm } from 'node:fs/promises';
import {
  itemPrior,
  makeQuery,
  readArtifact,
  referenceScores,
  rowsOf,
  scoreTolerance,
} from '@evershelf/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRanker, type Ranker } from '../../src/node/index.ts';
import { artifactFolder } from './artifactFolder.ts';

const NOW = 1_760_000_000_000;
const DAY = 86_400_000;

let folder: string;
let ranker: Ranker;
beforeAll(async () => {
  folder = await artifactFolder();
  ranker = await openRanker({ model: folder, engine: 'cpu', now: () => NOW });
});
afterAll(async () => {
  ranker.close();
  await rm(folder, { recursive: true });
});

describe('rankAll', () => {
  it("ranks the whole shop by each shopper's own history, as the reference scorer does", async () => {
    const artifact = await readArtifact((name) => readFile(`${folder}/${name}`));
    const { tables, index, manifest, catalogue } = artifact;
    const weights = manifest.heads.mixed;
    const shelves = await ranker.rankAll(
      [3, 7].map((i) => ({
        k: 1000,
        history: [{ item: catalogue.ids.at(i)!, kind: 'view', time: NOW - 2 * DAY }],
      })),
    );
    [3, 7].forEach((i, s) => {
      const past = { item: i, age: 0, gap: 2 * 86_400, kind: 'view', rows: rowsOf(index, i) };
      const query = makeQuery({ ...artifact, ...manifest }, weights, [past], []);
      const expected = referenceScores(tables, index, itemPrior(index, weights), query);
      const { items } = shelves[s]!;
      expect(items).toHaveLength(catalogue.ids.length);
      for (const { item, score } of items) {
        const reference = expected[catalogue.find(item.id)!]!;
        expect(Math.abs(score - reference)).toBeLessThanOrEqual(scoreTolerance(reference));
      }
    });
  });

  it('shows each shopper again what that shopper bought', async () => {
    const bought = (item: string) => ({
      k: 1000,
      intent: 'again' as const,
      history: [{ item, kind: 'purchase', time: NOW - DAY }],
    });
    const shelves = await ranker.rankAll([bought('item 4 ü'), bought('item 9 ü'), { intent: 'again' }]);
    expect(shelves.map(({ items }) => items.map(({ item }) => item.id))).toEqual([
      ['item 4 ü'],
      ['item 9 ü'],
      [],
    ]);
  });

  it.each([
    [{ k: 0 }, 'k: found 0, wanted a whole number from 1 to 1000'],
    [
      { history: [{ item: 'a', kind: 'view', time: NaN }] },
      'history: found time NaN, wanted Unix milliseconds',
    ],
    [
      { history: [2, 1].map((time) => ({ item: 'a', kind: 'view', time })) },
      'history: found time 1, wanted Unix milliseconds, the oldest event first',
    ],
    [{ history: [{ item: 'a', kind: '', time: 1 }] }, 'kind: found ""'],
  ])('refuses %j', async (question, message) => {
    await expect(ranker.rankAll([question])).rejects.toThrow(message);
  });

  it('rejects once the ranker is closed', async () => {
    const closed = await openRanker({ model: folder });
    closed.close();
    await expect(closed.rankAll([{}])).rejects.toThrow('the ranker is closed');
  });
});

describe('a folder without an artifact', () => {
  it('is refused', async () => {
    await expect(openRanker({ model: '/nowhere' })).rejects.toThrow('/nowhere/manifest.json');
  });
});
