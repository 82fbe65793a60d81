import { describe, expect, it } from 'vitest';
import { cpuEngine } from '../../src/engines/cpu.ts';
import type { Engine, Ranked } from '../../src/engines/Engine.ts';
import { engineFailures } from './engineConformance.ts';

describe('the CPU engine', { timeout: 90_000 }, () => {
  it('ranks as the reference scorer does', async () => {
    const engine = cpuEngine();
    expect(await engineFailures(engine)).toEqual([]);
    engine.close();
  });
});

describe('the conformance suite', { timeout: 90_000 }, () => {
  const spoilt: Record<string, (ranked: Ranked) => Ranked> = {
    'leaves out the best item': ({ items, scores }) => ({ items: items.slice(1), scores: scores.slice(1) }),
    'swaps the first two': ({ items, scores }) => ({
      items: items.map((_, k) => items[k < 2 ? 1 - k : k] ?? items[0]!),
      scores,
    }),
    'rounds its scores': ({ items, scores }) => ({ items, scores: scores.map((score) => Math.round(score)) }),
  };
  for (const [what, spoil] of Object.entries(spoilt)) {
    it(`tells an engine that ${what}`, async () => {
      const cpu = cpuEngine();
      const engine: Engine = { ...cpu, topK: async (asks) => (await cpu.topK(asks)).map(spoil) };
      expect((await engineFailures(engine)).length).toBeGreaterThan(5);
    });
  }
});
