import type { EngineName } from '../types.ts';
import type { Ask, Engine, Scorable } from './Engine.ts';
import type { EngineSlot, Losable } from './engineSlot.ts';
import { idle } from './idle.ts';
import { figuresOf, type Measured, median, shown } from './Measured.ts';
import { RerankError } from './rerank/RerankError.ts';
import { topKOf } from './topKOf.ts';
import type { WorkerEngine } from './worker/workerEngine.ts';

/** What is measured. */
export interface Measurable {
  readonly cpu: Engine;
  /** Milliseconds of a shelf in the latest warm answers of the CPU engine; those of measuring are added. */
  readonly onCpu: number[];
  readonly worker: EngineSlot<WorkerEngine>;
  readonly webgpu: EngineSlot<Losable>;
  /** True where nobody waits for it any more. */
  ended(): boolean;
}

/** Answers that an engine is measured by at most, and the milliseconds that those of an engine may take together. */
const ROUNDS = 5;
const BUDGET = 100;
/** A longer answer holds the page up: none is asked of its own thread for the sake of measuring. */
const SLICE = 8;
/** A GPU's way there and back takes longer than this, whatever it computes. */
const ROUND_TRIP = 1;
/** A long answer off the page's thread may take so many times as long as on it: the page is free meanwhile. */
const FREE_PAGE = 1.05;

/**
 * Measures the engines on questions that were asked, in idle moments of the page: those of more than a slice also in the worker,
 * and those of more than a GPU's way there and back on the GPU.
 *
 * @param took milliseconds of the CPU engine's answer to them, cold or warm
 * @returns undefined where it ended, or where only a warm answer on the page's thread could tell
 */
export async function measureEngines(
  shop: Scorable,
  asks: readonly Ask[],
  took: number,
  { cpu, onCpu, worker, webgpu, ended }: Measurable,
): Promise<(Measured & { readonly why: string }) | undefined> {
  const topK = await topKOf(asks);
  const timed = async (engine: Engine, some: readonly Ask[]): Promise<number> => {
    await engine.prepare?.(shop);
    engine.load(shop);
    const began = performance.now();
    await topK(engine, shop, some);
    return performance.now() - began;
  };
  const each = (): number => (onCpu.length > 0 ? median(onCpu) : took / asks.length);
  const timeCpu = async (): Promise<number> => {
    const some = asks.slice(0, Math.max(1, Math.floor(SLICE / (onCpu.length > 0 ? each() : SLICE))));
    const time = await timed(cpu, some);
    onCpu.push(time / some.length);
    return time;
  };
  /** Milliseconds of a shelf by an engine, beside those of the CPU where it is quick; `heard` is called after each answer. */
  const rounds = async (engine: Engine, heard = (): void => {}): Promise<number | undefined> => {
    // Takes the shop to the engine, and compiles what it runs.
    await timed(engine, asks);
    const times: number[] = [];
    for (let spent = 0; times.length < ROUNDS && spent < BUDGET;) {
      await idle();
      if (ended()) return undefined;
      const time = await timed(engine, asks);
      heard();
      times.push(time / asks.length);
      spent += time;
      if (each() < SLICE) spent += await timeCpu();
    }
    return median(times);
  };
  /** The same of an engine that may not be there, or fail. */
  const tried = async <Own extends Losable>(
    slot: EngineSlot<Own>,
    name: string,
    heard?: (own: Own) => void,
  ): Promise<number | undefined> => {
    await idle();
    const own = await slot.open();
    if (own === undefined) return undefined;
    try {
      return await rounds(own, heard === undefined ? undefined : () => heard(own));
    } catch (error) {
      if (error instanceof RerankError) throw error;
      slot.fail(own, `the ${name} failed: ${(error as Error).message}`);
      return undefined;
    }
  };

  while (onCpu.length < 3 && (onCpu[0] ?? each()) < SLICE) {
    await idle();
    await timeCpu();
  }
  const whole = each() * asks.length;
  if (whole < ROUND_TRIP)
    return {
      engine: 'cpu',
      milliseconds: { cpu: each() },
      why: `the CPU takes ${shown(whole)}, less than a GPU's way there and back`,
    };

  const isLong = whole >= SLICE;
  const computed: number[] = [];
  const inWorker = isLong
    ? await tried(worker, 'worker', (own) => computed.push(own.computed() / asks.length))
    : undefined;
  // What the worker computed is what the whole batch takes on the page's thread as well, where parts of it are measured, or none.
  const cpuFigures = [onCpu, computed].filter(({ length }) => length > 0).map(median);
  if (cpuFigures.length === 0) return undefined;
  const onGpu = await tried(webgpu, 'GPU');
  if (ended()) return undefined;

  const milliseconds: Measured['milliseconds'] = {
    cpu: Math.min(...cpuFigures),
    ...(inWorker === undefined ? {} : { worker: inWorker }),
    ...(onGpu === undefined ? {} : { webgpu: onGpu }),
  };
  const cost = (name: EngineName): number => milliseconds[name]! * (name === 'cpu' && isLong ? FREE_PAGE : 1);
  const names = Object.keys(milliseconds) as EngineName[];
  const engine = names.reduce((best, name) => (cost(name) < cost(best) ? name : best));
  const reasons = [
    ...(names.length > 1 ? [`measured on this model: ${figuresOf(milliseconds)}`] : []),
    ...(engine === 'worker' && milliseconds.worker! > milliseconds.cpu!
      ? ['the worker leaves the page free']
      : []),
    ...(isLong && inWorker === undefined ? [worker.why()] : []),
    ...(onGpu === undefined ? [webgpu.why()] : []),
  ];
  return { engine, milliseconds, why: reasons.join('; ') };
}
