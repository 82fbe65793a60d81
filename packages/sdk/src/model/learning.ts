import { NetworkError } from '../metadata/network.ts';
import { refreshLoop } from '../metadata/refreshLoop.ts';

/** Brings the rest of a model, the larger part, when the shelf is open already. */
export interface Learning {
  /** Settles when the running attempt has ended, well or not; at once where none runs. */
  attempt(): Promise<void>;
  /** What was wrong with the last attempt, in a sentence. */
  problem(): string | undefined;
  /** Tries again now, where that may help. */
  retry(): void;
  stop(): void;
}

/** Milliseconds to the next attempt where the network failed; longer with each failure. */
const PAUSE = 15_000;

/** @param read reads it, once; rejects with a `NetworkError` where another attempt may help */
export function learning(read: () => Promise<void>): Learning {
  let ended = false;
  let problem: string | undefined;
  let running: Promise<void> | undefined;

  const learn = async (): Promise<void> => {
    try {
      await read();
      ended = true;
      problem = undefined;
    } catch (error) {
      problem = (error as Error).message;
      ended ||= !(error instanceof NetworkError);
      throw error;
    } finally {
      running = undefined;
      if (ended) loop.stop();
    }
  };
  const loop = refreshLoop(
    () => (running ??= learn()),
    PAUSE,
    () => {},
  );

  return {
    attempt: async () => await running?.catch(() => {}),
    problem: () => problem,
    retry() {
      if (!ended) loop.run();
    },
    stop() {
      ended = true;
      loop.stop();
    },
  };
}
