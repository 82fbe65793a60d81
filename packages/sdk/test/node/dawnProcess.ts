import { installDawn } from '../../src/node/installDawn.ts';
import { openRanker, type RankerOptions, type ShelfQuestion } from '../../src/node/index.ts';
import { webgpuEngine } from '../../src/engines/webgpu/webgpuEngine.ts';
import { engineFailures } from '../engines/engineConformance.ts';

/** What dawn.test.ts calls in a process of its own: the name and its arguments, the answer as the last line. Nothing ends it. */
const offered = {
  /** How the engine ranks, and a ranker on it; or why there is no GPU here, not even one that computes on the CPU. */
  async judge(options: RankerOptions, questions: readonly ShelfQuestion[]) {
    const engine = await installDawn()
      .then(() => webgpuEngine())
      .catch((error: Error) => error.message);
    if (typeof engine === 'string') return { missing: engine };
    const failures = await engineFailures(engine);
    engine.close();
    return { failures, ranked: await offered.rank(options, questions) };
  },
  async rank(options: RankerOptions, questions: readonly ShelfQuestion[]) {
    const ranker = await openRanker(options);
    const shelves = await ranker.rankAll(questions);
    const engine = ranker.engine();
    ranker.close();
    return { shelves, engine };
  },
};

export type Offered = typeof offered;

const [name, args] = process.argv.slice(2);
const call = offered[name as keyof Offered] as (...args: unknown[]) => Promise<unknown>;
console.log(JSON.stringify(await call(...(JSON.parse(args!) as unknown[]))));
