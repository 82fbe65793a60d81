import { breathe, SLICE } from '../breathe.ts';
import type { Ask, Engine, Ranked, Scorable } from '../Engine.ts';
import type { FromWorker, ToWorker, WorkerAsk } from './messages.ts';
import { openWorker } from './openWorker.ts';
import { shopParts } from './shopParts.ts';

export interface WorkerEngine extends Engine {
  /** Settles with a sentence once the worker is of no more use. */
  readonly lost: Promise<string>;
  /** Milliseconds that the latest answer took the worker, without the way there and back. */
  computed(): number;
}

/** Priors that stay in the worker: those of three intents, and of a stranger. */
const MOST_PRIORS = 4;
/** Milliseconds without an answer after which a worker is given up: browsers do not tell of one that they killed. */
const PATIENCE = 5000;

interface Waiting {
  resolve(ranked: Ranked[]): void;
  reject(error: Error): void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Ranks on the CPU in a worker. What changes in the shop goes there once, in parts; questions and answers go as buffers that are
 * given away.
 *
 * @throws {Error} where there is no worker to be had
 */
export async function workerEngine(): Promise<WorkerEngine> {
  const worker = await openWorker();
  const post = (message: ToWorker, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);
  const parts = shopParts(post, globalThis.crossOriginIsolated === true);
  let shop: Scorable | undefined;
  /** What is still to be sent of it. */
  let rest: Generator<void> | undefined;
  /** One shop after the other: another one would begin anew. */
  let sending = Promise.resolve();
  /** Numbers of the priors that the worker has; the one that was asked for last stands last. */
  const priors = new Map<Float32Array, number>();
  let numbers = 0;
  let computed = 0;
  let ended: string | undefined;
  const waiting = new Map<number, Waiting>();
  let lose = (_reason: string): void => {};
  const lost = new Promise<string>((resolve) => (lose = resolve));

  const end = (reason: string): void => {
    if (ended !== undefined) return;
    ended = reason;
    worker.terminate();
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
    waiting.clear();
    lose(reason);
  };
  worker.addEventListener('error', ({ message }) => end(message || 'it failed'));
  worker.addEventListener('messageerror', () => end('a message could not be read'));
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === 'ready') return;
    const asked = waiting.get(data.number);
    if (asked === undefined) return;
    waiting.delete(data.number);
    clearTimeout(asked.timer);
    if (data.kind === 'failure') return asked.reject(new Error(data.message));
    computed = data.milliseconds;
    asked.resolve([...data.ranked]);
  });

  /** Sends what is left of a shop for so many milliseconds; false where there is more. */
  const send = (next: Scorable, milliseconds: number): boolean => {
    const until = performance.now() + milliseconds;
    if (shop?.index !== next.index || shop.tables !== next.tables) {
      shop = next;
      rest = parts.send(next);
    }
    // A clock without a time, in the place of the browser's, does not hold it up.
    while (rest !== undefined && !(performance.now() >= until))
      if (rest.next().done === true) rest = undefined;
    return rest === undefined;
  };

  /** The numbers of the priors of some questions, those that the worker has not yet, and those that make room for them. */
  const priorsOf = (asks: readonly Ask[]) => {
    const added = new Map<number, Float32Array>();
    for (const { prior } of asks) {
      const number = priors.get(prior) ?? ++numbers;
      if (!priors.has(prior)) added.set(number, prior.slice());
      priors.delete(prior);
      priors.set(prior, number);
    }
    const most = Math.max(MOST_PRIORS, new Set(asks.map(({ prior }) => prior)).size);
    const old = [...priors].slice(0, Math.max(0, priors.size - most));
    for (const [prior] of old) priors.delete(prior);
    return { priors: added, forget: old.map(([, number]) => number) };
  };

  return {
    name: 'worker',
    lost,
    computed: () => computed,
    prepare(next) {
      sending = sending.then(async () => {
        while (!send(next, SLICE)) await breathe();
      });
      return sending;
    },
    load: (next) => void send(next, Infinity),
    topK(asks) {
      if (ended !== undefined) return Promise.reject(new Error(ended));
      const number = ++numbers;
      const changes = priorsOf(asks);
      const copies = asks.map(copyOf);
      const message: ToWorker = {
        kind: 'ask',
        number,
        asks: asks.map(({ prior, k }, a) => ({ ...copies[a]!, prior: priors.get(prior)!, k })),
        ...changes,
      };
      const arrays = [...changes.priors.values(), ...copies.flatMap(arraysOf)];
      post(
        message,
        arrays.map(({ buffer }) => buffer as ArrayBuffer),
      );
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => end(`no answer within ${PATIENCE / 1000} s`), PATIENCE);
        waiting.set(number, { resolve, reject, timer });
      });
    },
    close: () => end('it is closed'),
  };
}

/** A question in buffers of its own, to be given away: what was asked may be asked again of another engine. */
function copyOf({ query, mask }: Ask): Pick<WorkerAsk, 'query' | 'mask'> {
  return {
    query: {
      vector: query.vector.slice(),
      matchRows: query.matchRows.slice(),
      matchValues: query.matchValues.slice(),
      items: query.items.slice(),
      itemValues: query.itemValues.slice(),
    },
    mask: mask.slice(),
  };
}

function arraysOf({ query, mask }: Pick<WorkerAsk, 'query' | 'mask'>): (Float32Array | Uint32Array)[] {
  const { vector, matchRows, matchValues, items, itemValues } = query;
  return [vector, matchRows, matchValues, items, itemValues, mask];
}
