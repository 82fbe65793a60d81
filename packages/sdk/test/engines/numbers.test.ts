import {
  type Artifact,
  type ContextItem,
  explainScore,
  itemPrior,
  makeQuery,
  readArtifact,
  referenceScores,
  rowsOf,
  scoreTolerance,
  writeArtifact,
} from '@evershelf/model';
import { describe, expect, it } from 'vitest';
import { smallArtifact } from '../../../model/test/smallArtifact.ts';
import { cpuEngine } from '../../src/engines/cpu/cpuEngine.ts';
import { plainScorer } from '../../src/engines/cpu/plainScorer.ts';
import { wasmScorer } from '../../src/engines/cpu/wasmScorer.ts';
import type { Ask, Ranked, Scorable } from '../../src/engines/Engine.ts';
import { allItems } from '../../src/engines/mask.ts';
import { bestItems } from '../../src/engines/bestItems.ts';

type Small = ReturnType<typeof smallArtifact>;

const SCORERS = { WebAssembly: () => wasmScorer()!, JavaScript: plainScorer };
/** Most that a reader lets a weight, a scale or a factor be, and the least number above 0 in single precision. */
const [LARGEST, LEAST] = [1e6, 2 ** -149];

/** A small artifact whose numbers are others, once it was written and read. */
async function artifactWith(change: (small: Small) => Partial<Small>): Promise<Artifact> {
  const small = smallArtifact();
  const { draft, parts } = { ...small, ...change(small) };
  const files = await writeArtifact(draft, parts);
  return readArtifact(async (name) => files.get(name)!);
}

/** All that an artifact may hold of scales, weights and factors, as one number. */
const everywhere = (value: number, factor: number) =>
  artifactWith(({ draft, parts }) => ({
    draft: {
      ...draft,
      heads: Object.fromEntries(
        Object.entries(draft.heads).map(([intent, head]) => [
          intent,
          Object.fromEntries(Object.keys(head).map((signal) => [signal, value])),
        ]),
      ) as unknown as Small['draft']['heads'],
      contextWeights: {
        decay: 1,
        gaps: draft.contextWeights.gaps.map(() => factor),
        kinds: { view: factor, purchase: factor },
      },
      edgeDecay: 1,
    },
    parts: {
      ...parts,
      tables: {
        ...parts.tables,
        context: parts.tables.context.map(() => 127),
        item: parts.tables.item.map(() => 127),
        contextScale: parts.tables.contextScale.map(() => value),
        itemScale: parts.tables.itemScale.map(() => value),
        match: parts.tables.match.map(() => value),
      },
      edges: {
        ...parts.edges,
        weight: parts.edges.weight.map(() => 127),
        scale: parts.edges.scale.map(() => value),
      },
      index: { ...parts.index, live: parts.index.live.map(() => 255) },
    },
  }));

/** A history of as many items as a query reads, and what is asked by it. */
function askOf({ manifest, tables, edges, index }: Artifact): {
  shop: Scorable;
  ask: Ask;
  context: ContextItem[];
  model: Parameters<typeof makeQuery>[0];
} {
  const context = Array.from({ length: 200 }, (_, k): ContextItem => {
    const item = k % 50;
    const pairs = { to: [(item + 1) % 60], weight: [1e9] };
    return { item, rows: rowsOf(index, item), age: 199 - k, gap: 200 - k, kind: 'purchase', pairs };
  });
  const model = { tables, edges, ...manifest };
  const weights = manifest.heads.mixed;
  const query = makeQuery(model, weights, context, [{ index: 3, frequency: 1e9, inSession: true }]);
  const ids = Array.from({ length: index.count }, (_, i) => `item ${(i * 7) % index.count}`);
  return {
    model,
    context,
    shop: { tables, index, ids },
    ask: { query, prior: itemPrior(index, weights), mask: allItems(index.count), k: index.count },
  };
}

async function ranked(scorer: keyof typeof SCORERS, shop: Scorable, asks: readonly Ask[]): Promise<Ranked[]> {
  const engine = cpuEngine(SCORERS[scorer]());
  engine.load(shop);
  return engine.topK(asks);
}

const bits = (scores: Float32Array): Uint32Array => new Uint32Array(scores.slice().buffer);

describe.each(Object.keys(SCORERS) as (keyof typeof SCORERS)[])('scores with %s', (scorer) => {
  it('are the same bits in another engine, alone or beside other questions, and the next time', async () => {
    const { shop, ask } = askOf(await artifactWith((small) => small));
    const [first] = await ranked(scorer, shop, [ask]);
    const others = await ranked(
      scorer,
      shop,
      Array.from({ length: 11 }, (_, k) => ({ ...ask, k: 60 - k })),
    );
    for (const other of [...others, ...(await ranked(scorer, shop, [ask]))]) {
      expect(other.items).toEqual(first!.items.slice(0, other.items.length));
      expect(bits(other.scores)).toEqual(bits(first!.scores.slice(0, other.scores.length)));
    }
  });

  it('are numbers where everything is as large as a reader lets it be', async () => {
    const { shop, ask } = askOf(await everywhere(LARGEST, LARGEST));
    const [{ items, scores }] = (await ranked(scorer, shop, [ask])) as [Ranked];
    expect(items).toHaveLength(60);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(scores[0]).toBeGreaterThan(1e30);
    const reference = referenceScores(shop.tables, shop.index, ask.prior, ask.query);
    items.forEach((item, place) =>
      expect(Math.abs(scores[place]! - reference[item]!)).toBeLessThanOrEqual(
        scoreTolerance(reference[item]!),
      ),
    );
  });

  it.each([
    ['too small for a sum', LEAST],
    ['0', 0],
  ])('are numbers where everything is %s, and ties are by id', async (_, value) => {
    const { shop, ask } = askOf(await everywhere(value, 1 / LARGEST));
    const [{ items, scores }] = (await ranked(scorer, shop, [ask])) as [Ranked];
    expect(scores.every(Number.isFinite)).toBe(true);
    const [first] = scores;
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(1e-30);
    const tied = [...items].filter((_, place) => scores[place] === first).map((item) => shop.ids.at(item)!);
    expect(tied).toEqual(tied.toSorted());
  });
});

it('explains a score in numbers where everything is as large, or as small, as a reader lets it be', async () => {
  for (const [value, factor] of [
    [LARGEST, LARGEST],
    [LEAST, 1 / LARGEST],
  ] as const) {
    const artifact = await everywhere(value, factor);
    const { model, context } = askOf(artifact);
    const parts = explainScore(model, artifact.index, 4, artifact.manifest.heads.mixed, context, []);
    for (const part of [...Object.values(parts.signals), ...parts.context, parts.anyone])
      expect(Number.isFinite(part)).toBe(true);
  }
});

describe('the best of some scores', () => {
  it('are by id where they are equal: 0 is -0, and what is told apart in double precision alone', () => {
    const ids = ['d', 'b', 'a', 'c', 'e'];
    const best = bestItems(4, ids);
    [0, -0, 0, -0, LEAST / 4].forEach((score, item) => best.offer(item, Math.fround(score)));
    const { items, scores } = best.ranked();
    expect([...items].map((item) => ids[item])).toEqual(['a', 'b', 'c', 'd']);
    expect(scores.every((score) => score === 0)).toBe(true);
  });

  it('are in their order down to the least number of single precision, and up to the largest', () => {
    const scores = [LEAST, 3.4028234663852886e38, -LEAST, 2 * LEAST, -3.4028234663852886e38, 1];
    const best = bestItems(6, ['a', 'b', 'c', 'd', 'e', 'f']);
    scores.forEach((score, item) => best.offer(item, score));
    expect([...best.ranked().scores]).toEqual(scores.toSorted((a, b) => b - a));
  });
});
