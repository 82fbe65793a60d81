import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCorpus } from './corpus.ts';
import { mutated } from './mutated.ts';
import { TARGETS, type TargetName } from './targets.ts';

/** Inputs that are drawn for each target here; `pnpm soak --only fuzz` goes on for a million. */
const DRAWN = 40;

describe.each(Object.keys(TARGETS) as TargetName[])('what reads input: %s', (name) => {
  it('reads, or refuses as documented, what once went a new way through it, and what is drawn from its format', async () => {
    const target = await TARGETS[name]();
    const corpus = readCorpus(name);
    expect(corpus.length).toBeGreaterThan(0);
    for (const input of [...corpus, ...fc.sample(target.drawn, { numRuns: DRAWN, seed: 1 })])
      await target.run(input.subarray(0, target.most ?? 4096));
  });
});

describe('what changes inputs', () => {
  it('changes them by what is drawn alone, and makes none longer than it may be', () => {
    const numbers = (seed: number) => (end: number) =>
      (seed = (seed * 48_271) % 2_147_483_647) % Math.max(1, end);
    const [input, other] = ['{"a":[1,2,{"b":"c"}]}', 'xyz'].map((text) => new TextEncoder().encode(text));
    for (let seed = 1; seed < 200; seed++) {
      const once = mutated(input!, other!, 40, numbers(seed));
      expect(once).toEqual(mutated(input!, other!, 40, numbers(seed)));
      expect(once.length).toBeLessThanOrEqual(40);
    }
  });
});
