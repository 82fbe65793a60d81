import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { figuresOf } from '../../packages/trainer/src/measure/figuresOf.ts';
import { readShown } from '../../packages/trainer/src/measure/readShown.ts';
import type { Interleaving, ShelfFigures, Split } from '../../packages/trainer/src/measure/ShelfFigures.ts';
import { withDatabase } from '../../packages/trainer/src/read/Database.ts';
import { shelfSections } from '../../packages/trainer/src/report/shelfTables.ts';
import { type SimulatedShop, simulateShoppers } from './simulateShoppers.ts';

const appeal = Object.fromEntries([...'abcdefghijkl'].map((id, k) => [id, 0.12 / (1 + k / 3)]));
const variants = { control: {}, new: { intent: 'discover' } } as const;
const clicksOf = (ids: Iterable<string>): number => [...ids].reduce((sum, id) => sum + appeal[id]!, 0);

const split: SimulatedShop = {
  experiment: {
    name: 'heads',
    placement: 'home',
    kind: 'split',
    variants,
    shares: { control: 0.7, new: 0.3 },
  },
  rankings: { control: [...'cdefghij'], new: [...'abcghdef'] },
  k: 6,
  appeal,
  sessions: 6000,
  seed: 3,
};

/** What its shoppers did, which several tests read. */
const splitLog = simulateShoppers(split);

async function figures(...logs: string[]): Promise<ShelfFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-measuring-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await Promise.all(logs.map((log, k) => writeFile(join(folder, `${k}.jsonl`), log)));
  return await withDatabase(undefined, async (db) => {
    expect(await readShown(db, { files: [folder], map: {} })).toEqual([]);
    return await figuresOf(db, null);
  });
}

/** What the report says of the sessions of its one split. */
function verdictOf(found: ShelfFigures): string {
  const [checks] = shelfSections(found).at(-1)!.tables;
  return checks!.rows.at(-1)!.at(-1)!;
}

describe('the report of simulated shoppers', () => {
  it('has what a split does within its intervals, by its arms and by inverse propensity', async () => {
    const { experiments, all, checks } = await figures(splitLog);
    expect(experiments).toHaveLength(1);
    const { kind, arms, weighed, ratio, mixed } = experiments[0] as Split;
    const truth = { control: clicksOf('cdefgh'), new: clicksOf('abcghd') };
    expect([kind, mixed, all.sessions, all.impressions]).toEqual(['split', 0, 6000, 36_000]);
    expect(arms.map(({ variant }) => variant)).toEqual(['control', 'new']);
    for (const { variant, outcomes } of arms) {
      const wanted = truth[variant as keyof typeof truth];
      expect(wanted, variant).toBeGreaterThan(outcomes.clicks!.low);
      expect(wanted, variant).toBeLessThan(outcomes.clicks!.high);
      expect(outcomes.rate!.mean).toBeCloseTo(outcomes.clicks!.mean / 6, 12);
    }
    const ahead = arms[1]!.ahead!.clicks!;
    expect(ahead.low).toBeGreaterThan(0);
    expect(truth.new - truth.control).toBeGreaterThan(ahead.low);
    expect(truth.new - truth.control).toBeLessThan(ahead.high);
    for (const { variant, ips, snips } of weighed) {
      const wanted = truth[variant as keyof typeof truth];
      for (const [interval, value] of [
        [ips!, wanted],
        [snips!, wanted / 6],
      ] as const) {
        expect(value, variant).toBeGreaterThan(interval.low);
        expect(value, variant).toBeLessThan(interval.high);
      }
    }
    // What both variants show is seen in every session: inverse propensity knows more than the arm alone.
    const widthOf = ({ low, high }: { low: number; high: number }): number => high - low;
    expect(widthOf(weighed[1]!.ips!)).toBeLessThan(widthOf(arms[1]!.outcomes.clicks!));
    expect(ratio.wanted!.map((share) => Number(share.toFixed(6)))).toEqual([0.7, 0.3]);
    expect(ratio.test!.p).toBeGreaterThan(0.001);
    expect(checks).toEqual({ withoutSession: 0, clicksUnseen: 0, incomplete: 0, mostOfSession: 6 });
  });

  it('counts a purchase for the shelf where the shelf led to it, and any for the buyers of a split', async () => {
    const lines = splitLog
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event_type: string; shelf?: string; session_id: string });
    const bought = lines.filter(({ event_type }) => event_type === 'purchase');
    const { all, taken, experiments } = await figures(splitLog);
    expect(all.purchases).toBe(bought.filter(({ shelf }) => shelf !== undefined).length);
    expect(taken.purchases).toBe(bought.length);
    const buyers = (experiments[0] as Split).arms.reduce(
      (sum, { sessions, outcomes }) => sum + sessions * outcomes.buyers!.mean,
      0,
    );
    expect(buyers).toBeCloseTo(new Set(bought.map(({ session_id }) => session_id)).size, 6);
  });

  it('says whom an interleaving prefers', async () => {
    const interleaved: SimulatedShop = {
      ...split,
      experiment: { name: 'draft', placement: 'product', kind: 'interleave', variants },
      sessions: 3000,
    };
    const { experiments } = await figures(simulateShoppers(interleaved));
    const { kind, variants: sides, ties, share, p, ahead, sessions } = experiments[0] as Interleaving;
    expect(kind).toBe('interleave');
    expect(sides.map(({ variant }) => variant)).toEqual(['new', 'control']);
    expect(sides[0]!.wins + sides[1]!.wins + ties).toBe(sessions);
    expect(share.low).toBeGreaterThan(0.5);
    expect(p).toBeLessThan(0.001);
    expect(ahead!.low).toBeGreaterThan(0);
  });

  it('prefers nobody where both rank what is liked alike', async () => {
    const even: SimulatedShop = {
      ...split,
      experiment: { name: 'draft', placement: 'product', kind: 'interleave', variants },
      rankings: { control: [...'abcdef'], new: [...'ghijkl'] },
      appeal: Object.fromEntries([...'abcdefghijkl'].map((id) => [id, 0.08])),
      sessions: 3000,
    };
    const { experiments } = await figures(simulateShoppers(even));
    const { share, p } = experiments[0] as Interleaving;
    expect(share.low).toBeLessThan(0.5);
    expect(share.high).toBeGreaterThan(0.5);
    expect(p).toBeGreaterThan(0.05);
  });

  it('weighs what an interleaving shows seldom', async () => {
    // The third choice of either is on the shelf of five where it begins the last round: by one coin of two.
    const odd: SimulatedShop = {
      ...split,
      experiment: { name: 'draft', placement: 'product', kind: 'interleave', variants },
      rankings: { control: [...'abcde'], new: [...'fghij'] },
      k: 5,
      sessions: 4000,
    };
    const { experiments } = await figures(simulateShoppers(odd));
    const { weighed } = experiments[0] as Interleaving;
    const truth = { control: clicksOf('abc'), new: clicksOf('fgh') };
    for (const { variant, ips, largestWeight } of weighed) {
      expect(largestWeight).toBe(2);
      expect(truth[variant as keyof typeof truth]).toBeGreaterThan(ips!.low);
      expect(truth[variant as keyof typeof truth]).toBeLessThan(ips!.high);
    }
  });

  it('finds a difference between equals about as often as it says: once in 20', async () => {
    const experiments = 100;
    const logs = Array.from({ length: experiments }, (_, k) =>
      simulateShoppers({
        ...split,
        experiment: {
          name: `aa-${k}`,
          placement: 'home',
          kind: 'split',
          variants: { a: {}, b: { count: 6 } },
        },
        rankings: { a: [...'abcdef'], b: [...'abcdef'] },
        sessions: 200,
        seed: 1000 + k,
      }),
    );
    // Ten at a time: what is asked of each experiment looks at the whole log.
    const found: Split[] = [];
    for (let k = 0; k < experiments; k += 10)
      found.push(...((await figures(logs.slice(k, k + 10).join(''))).experiments as Split[]));
    expect(found).toHaveLength(experiments);
    const wrong = found.filter(({ arms }) => {
      const { low, high } = arms[1]!.ahead!.clicks!;
      return low > 0 || high < 0;
    });
    // Of 100 with a probability of 0.05 each, 0 or more than 12 come once in 150.
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.length).toBeLessThanOrEqual(12);
    for (const { ratio } of found) expect(ratio).toEqual({ wanted: null, test: null });
  }, 60_000);

  it('reads the share of a variant that shows nothing of its own off the other', async () => {
    const shorter = { control: [...'abcd'], new: [...'abcdef'] };
    const found = await figures(simulateShoppers({ ...split, rankings: shorter, sessions: 300 }));
    const { ratio } = found.experiments[0] as Split;
    expect(ratio.wanted!.map((share) => Number(share.toFixed(6)))).toEqual([0.7, 0.3]);
    expect(ratio.test!.p).toBeGreaterThan(0.001);
    expect(verdictOf(found)).toBe('good');
  });

  it('calls no ratio of sessions wrong whose shares propensities do not say', async () => {
    const alike = { control: [...'abcdef'], new: [...'abcdef'] };
    const found = await figures(simulateShoppers({ ...split, rankings: alike, sessions: 300 }));
    const { arms } = found.experiments[0] as Split;
    // As they were dealt, and far from even.
    expect(arms[0]!.sessions).toBeGreaterThan(190);
    expect(verdictOf(found)).toBe('unknown: the propensities do not say the shares');
  });

  it('finds sessions of one variant that were lost', async () => {
    let kept = 0;
    const lines = splitLog.trim().split('\n');
    const lost = new Set<string>();
    for (const line of lines) {
      const { session_id, variant } = JSON.parse(line) as { session_id: string; variant?: string };
      if (variant === 'new' && !lost.has(session_id) && kept++ % 42 === 0) lost.add(session_id);
    }
    const left = lines.filter((line) => !lost.has((JSON.parse(line) as { session_id: string }).session_id));
    const found = await figures(left.join('\n'));
    expect(lost.size).toBeGreaterThan(200);
    expect((found.experiments[0] as Split).ratio.test!.p).toBeLessThan(0.001);
    expect(verdictOf(found)).toContain('SAMPLE RATIO MISMATCH');
  });
});
