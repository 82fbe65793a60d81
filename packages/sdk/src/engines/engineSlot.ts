import type { Engine } from './Engine.ts';
import { visible } from './visible.ts';

/** An engine that may be lost: a device that goes away, a worker that is killed. */
export type Losable = Engine & { readonly lost: Promise<string> };

/** Holds an engine while there is one, and takes it up again some time after it was lost. */
export interface EngineSlot<Own extends Losable> {
  /** The engine that is open; undefined while there is none. */
  current(): Own | undefined;
  /** Opens it where it is not. */
  open(): Promise<Own | undefined>;
  /** The same, and tries again later where there is none now. */
  keepOpen(): Promise<Own | undefined>;
  /** Why there is none. */
  why(): string;
  /** Gives up an engine that failed, for a while. */
  fail(engine: Engine, why: string): void;
  /** Lets go of the engine until somebody opens it. */
  release(): void;
  /** For good. */
  close(): void;
}

/** Seconds after a loss, the first, the second and every later one, until the engine is tried again. */
const PAUSES = [5, 30, 300];

/**
 * @param name what the engine runs on, in sentences: `GPU`
 * @param load loads and opens the engine; rejects where there is none
 * @param changed called where the engine was lost, and where it is back
 */
export function engineSlot<Own extends Losable>(
  name: string,
  load: () => Promise<Own>,
  changed: () => void,
): EngineSlot<Own> {
  let engine: Own | undefined;
  let why = '';
  let opening: Promise<Own | undefined> | undefined;
  let losses = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const letGo = (): void => {
    engine?.close();
    engine = opening = undefined;
  };

  /** Tries again later, and later still where there is none then; a page that nobody looks at waits until it is looked at. */
  const retry = (): void => {
    const pause = PAUSES[Math.min(losses++, PAUSES.length - 1)]!;
    const own = setTimeout(async () => {
      await visible();
      if (timer !== own) return;
      opening = undefined;
      if ((await open()) !== undefined) changed();
      else if (!closed) retry();
    }, 1000 * pause);
    timer = own;
  };

  /** Nobody waits for another try any more. */
  const forget = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };

  const fail = (failed: Engine, reason: string): void => {
    if (failed !== engine) return;
    letGo();
    why = reason;
    changed();
    retry();
  };

  const open = (): Promise<Own | undefined> => {
    forget();
    if (opening !== undefined) return opening;
    const own: Promise<Own | undefined> = load().then(
      (opened) => {
        // It may have been let go meanwhile.
        if (closed || opening !== own) {
          opened.close();
          return undefined;
        }
        engine = opened;
        void opened.lost.then((reason) => fail(opened, `the ${name} was lost: ${reason}`));
        return opened;
      },
      (error: Error) => {
        why = `no ${name}: ${error.message}`;
        return undefined;
      },
    );
    return (opening = own);
  };

  return {
    current: () => engine,
    open,
    async keepOpen() {
      const opened = await open();
      if (opened === undefined && !closed) retry();
      return opened;
    },
    why: () => why,
    fail,
    release() {
      forget();
      letGo();
    },
    close() {
      closed = true;
      forget();
      letGo();
    },
  };
}
