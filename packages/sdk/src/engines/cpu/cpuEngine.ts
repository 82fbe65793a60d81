import type { Engine, Scorable } from '../Engine.ts';
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
  /** A memory that cannot grow is a RangeError; JavaScript needs less of it. */
  const orPlain = <T>(use: (own: Scorer) => T): T => {
    try {
      return use(current);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      current = plainScorer();
      current.load(shop!);
      return use(current);
    }
  };
  return {
    name: 'cpu',
    load(next) {
      shop = next;
      orPlain((own) => own.load(next));
    },
    topK: async (asks) => orPlain((own) => own.topK(asks)),
    close() {},
  };
}
