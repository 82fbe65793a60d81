import { adapterKey } from '../../../../packages/sdk/src/engines/adapterKey.ts';
import type { EngineName } from '../EngineBench.ts';
import { type Contender, K } from './Contender.ts';
import { contenders } from './contenders.ts';
import { type BenchShop, makeQueries, makeShop } from './makeShop.ts';
import { streamBytes } from './streamBytes.ts';

let shop: BenchShop;
let stream: ReturnType<typeof streamBytes>;
const opened = new Map<EngineName, Contender>();

/** What the bench calls in the browser. */
const offered = {
  /** @returns the GPU as the runtime calls it */
  adapter: adapterKey,

  /** @returns the bytes that one answer has to touch */
  openShop(items: number): number {
    shop = makeShop(items);
    stream = streamBytes(shop);
    // Compiled before it is measured, as the engines are by their first answer.
    for (let k = 0; k < 3; k++) stream.run();
    return stream.bytes;
  },

  /** @returns the bytes of the model that the engine was handed */
  async open(engine: EngineName): Promise<number> {
    const contender = await contenders[engine](shop);
    opened.set(engine, contender);
    return contender.bytes;
  },

  /** @returns milliseconds of an answer */
  async ask(engine: EngineName, contexts: number, round: number): Promise<number> {
    return (await timed(engine, makeQueries(contexts, round))).milliseconds;
  },

  /** Lets an engine that chooses do so for so many contexts. @returns what it chose, and why; `` where it has no choice */
  async settle(engine: EngineName, contexts: number): Promise<string> {
    return (await opened.get(engine)!.settle?.(makeQueries(contexts, 0))) ?? '';
  },

  /** The first answer to so many contexts. @returns the share of our CPU engine's items that are among the engine's, too */
  async check(engine: EngineName, contexts: number): Promise<{ milliseconds: number; recall: number }> {
    const queries = makeQueries(contexts, 0);
    const { answers, milliseconds } = await timed(engine, queries);
    const cpu = await contenders.cpu(shop);
    const wanted = await cpu.topK(queries);
    const found = wanted.map((items, c) => {
      const answer = new Set(Array.from(answers[c]!));
      return Array.from(items).filter((item) => answer.has(item)).length;
    });
    const all = contexts * Math.min(K, shop.index.count);
    return { milliseconds, recall: found.reduce((sum, each) => sum + each, 0) / all };
  },

  /** @returns milliseconds of reading what an answer has to touch */
  stream(): number {
    const began = performance.now();
    stream.run();
    return performance.now() - began;
  },
};

async function timed(
  engine: EngineName,
  queries: readonly Float32Array[],
): Promise<{ answers: ArrayLike<number>[]; milliseconds: number }> {
  const began = performance.now();
  const answers = await opened.get(engine)!.topK(queries);
  return { answers, milliseconds: performance.now() - began };
}

export type Offered = typeof offered;

Object.assign(globalThis, { offered });
