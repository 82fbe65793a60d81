import { installDawn } from '../../src/node/installDawn.ts';
import { openRanker, type RankerOptions, type ShelfQuestion } from '../../src/node/index.ts';
import { webgpuEngine } from '../../src/engines/webgpu/webgpuEngine.ts';
import { engineFailures } from '../engines/engineConformance.ts';

/** What dawn.test.ts calls in a process of its own: the name and its arguments, the answer as the last line. Nothing ends it. */
const offered = {
  async adapter() {
    await installDawn();
    const engine = await webgpuEngine();
    engine.close();
    return engine.adapter;
  },
  async failures() {
    await installDawn();
    const engine = await webgpuEngine();
    const failures = await engineFailures(engine);
    engine.close();
    return failures;
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
