import { afterEach, describe, expect, it, vi } from 'vitest';
import { cpuEngine } from '../../src/engines/cpu/cpuEngine.ts';
import { plainScorer } from '../../src/engines/cpu/plainScorer.ts';
import { wasmScorer } from '../../src/engines/cpu/wasmScorer.ts';
import type { Engine, Ranked } from '../../src/engines/Engine.ts';
import { engineFailures } from './engineConformance.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the CPU engine', { timeout: 90_000 }, () => {
  const scorers = { WebAssembly: wasmScorer, JavaScript: plainScorer };
  for (const [name, open] of Object.entries(scorers)) {
    it(`ranks as the reference scorer does, with ${name}`, async () => {
      const engine = cpuEngine(open()!);
      expect(await engineFailures(engine)).toEqual([]);
      engine.close();
    });
  }

  it("goes without WebAssembly where the page's policy forbids it", async () => {
    const { CompileError } = WebAssembly;
    function Module(): never {
      throw new CompileError("refused by 'script-src'");
    }
    vi.stubGlobal('WebAssembly', { ...WebAssembly, Module });
    expect(wasmScorer()).toBeUndefined();
    expect(await engineFailures(cpuEngine(), 1000)).toEqual([]);
  });

  it.each(['load', 'topK'] as const)(
    'goes without WebAssembly where its memory cannot grow in %s',
    async (call) => {
      const full = vi.fn((): never => {
        throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
      });
      expect(await engineFailures(cpuEngine({ ...wasmScorer()!, [call]: full }), 1000)).toEqual([]);
      expect(full).toHaveBeenCalled();
    },
  );
});

describe('the conformance suite', () => {
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
      expect((await engineFailures(engine, 5000)).length).toBeGreaterThan(5);
    });
  }
});
