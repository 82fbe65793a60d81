import { workerEngine } from '../../src/engines/worker/workerEngine.ts';
import { engineFailures } from './engineConformance.ts';

/** What worker.test.ts calls in the browser. */
const offered = {
  isIsolated: async () => crossOriginIsolated,

  async failures(largest?: number) {
    const engine = await workerEngine();
    const failures = await engineFailures(engine, largest);
    engine.close();
    return failures;
  },

  /** What a question says, and the engine, where the browser kills the worker under it. */
  async afterKill() {
    const workers: Worker[] = [];
    const { Worker } = globalThis;
    globalThis.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.push(this);
      }
    };
    const engine = await workerEngine();
    globalThis.Worker = Worker;
    workers.at(-1)!.terminate();
    const answer = engine.topK([]);
    Object.assign(globalThis, { isKilled: true });
    const error = await answer.then(
      () => '',
      (reason: Error) => reason.message,
    );
    const later = await engine.topK([]).catch((reason: Error) => reason.message);
    return { error, later, lost: await engine.lost };
  },
};

export type Offered = typeof offered;

Object.assign(globalThis, { offered });
