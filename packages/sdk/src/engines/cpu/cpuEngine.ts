import { breathe, pacer, SLICE } from '../breathe.ts';
import type { Ask, Engine, Ranked, Scorable } from '../Engine.ts';
import { groupsOf } from '../groupsOf.ts';
import { plainScorer } from './plainScorer.ts';
import type { Scorer } from './Scorer.ts';
import { wasmScorer } from './wasmScorer.ts';

/**
 * Ranks on the CPU, in the calling thread: with WebAssembly, or without where the page's policy or the browser has none, or no
 * memory for it.
 *
 * @param scorer what it ranks with
 */
export function cpuEngine(scorer: Scorer = wasmScorer() ?? plainScorer()): Engine {
  let current = scorer;
  let shop: Scorable | undefined;
  /** One shop after the other: what is taken of one would be lost with the slice of another. */
  let taking = Promise.resolve();
  /** A memory that cannot grow is a RangeError; JavaScript needs less of it. */
  const orPlain = <T>(use: (own: Scorer) => T): T => {
    try {
      return use(current);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      current = plainScorer();
      current.load(shop!, Infinity);
      return use(current);
    }
  };
  const load = (next: Scorable, milliseconds: number): boolean => {
    shop = next;
    return orPlain((own) => own.load(next, milliseconds));
  };
  return {
    name: 'cpu',
    prepare(next) {
      const taken = taking.then(async () => {
        while (!load(next, SLICE)) await breathe();
      });
      taking = taken.catch(() => {});
      return taken;
    },
    load: (next) => void load(next, Infinity),
    async topK(asks) {
      const own = shop!;
      const answers = new Map<Ask, Ranked>();
      const pace = pacer();
      for (const group of groupsOf(asks, current.atOnce)) {
        // Somebody may have asked about another shop meanwhile.
        if (await pace()) load(own, Infinity);
        const ranked = orPlain((scorer) => scorer.topK(group));
        group.forEach((ask, g) => answers.set(ask, ranked[g]!));
      }
      return asks.map((ask) => answers.get(ask)!);
    },
    close() {},
  };
}
