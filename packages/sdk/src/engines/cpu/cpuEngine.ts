import type { Engine } from '../Engine.ts';
import { plainScorer } from './plainScorer.ts';
import { wasmScorer } from './wasmScorer.ts';

/**
 * Ranks on the CPU, in the calling thread: with WebAssembly, or without where the page's policy or the browser has none.
 *
 * @param scorer what it ranks with
 */
export function cpuEngine(scorer = wasmScorer() ?? plainScorer()): Engine {
  return {
    name: 'cpu',
    load: scorer.load,
    topK: async (asks) => scorer.topK(asks),
    close() {},
  };
}
