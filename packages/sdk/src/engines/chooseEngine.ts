import type { DeviceStore } from '../device/DeviceStore.ts';
import type { EngineName, ShelfStatus } from '../types.ts';
import { adapterKey } from './adapterKey.ts';
import { cpuEngine } from './cpu/cpuEngine.ts';
import type { Ask, Engine, Ranked, Scorable } from './Engine.ts';
import { engineSlot, type Losable } from './engineSlot.ts';
import { idle } from './idle.ts';
import {
  type Batch,
  figuresOf,
  MEASURED,
  type Measured,
  median,
  type Remembered,
  rememberedFor,
} from './Measured.ts';
import { RerankError } from './rerank/RerankError.ts';
import { within } from '../within.ts';
import { topKOf } from './topKOf.ts';
import type { AdapterName } from './webgpu/openDevice.ts';
import type { WorkerEngine } from './worker/workerEngine.ts';

/** The engine in use for a kind of call, and why it is. */
export interface EngineChoice {
  rank(shop: Scorable, asks: readonly Ask[]): Promise<{ ranked: Ranked[]; engine: EngineName }>;
  name(batch: Batch): EngineName;
  reason(batch: Batch): string;
  /** Median milliseconds of a shelf by the measured engines. */
  milliseconds(batch: Batch): Measured['milliseconds'];
  adapter(): ShelfStatus['adapter'];
  close(): void;
}

/** The WebGPU engine, as far as the choice of an engine sees it. */
export type Gpu = Losable & { readonly adapter: AdapterName };

export interface ChoiceOptions {
  readonly wish: 'auto' | EngineName;
  /** Id of the model that is ranked by: measurements hold for it alone. */
  readonly model: string;
  /** Where measurements are kept between visits. */
  readonly store: DeviceStore;
  /** Loads the engine in a worker; rejects where there is none. */
  openWorker(): Promise<WorkerEngine>;
  /** Loads the WebGPU engine; rejects where there is none. */
  openGpu(): Promise<Gpu>;
  /** Called where another engine has taken over. */
  changed(): void;
}

/** Milliseconds that an answer which is never due waits for the engine that the page asked for, while it is opened. */
const PATIENCE = 5000;
/** An answer off the page's thread may take so many times as long as the one before, where that is beyond its deadline. */
const LATE = 4;

/** Answers of the CPU that its figure is the median of. */
const ANSWERS = 5;

const batchOf = (asks: readonly Ask[]): Batch => (asks.length > 1 ? 'many' : 'one');

/** What the engines that may be lost run on, in sentences. */
const WHERE = { worker: 'worker', webgpu: 'GPU' } as const;
type Other = keyof typeof WHERE;

/**
 * Begins on the CPU, in the page's own thread. `auto` measures the others beside it on the real model, for one shelf and for many
 * at once, when there was such a call and the page is idle; keeps the best one, and remembers it on the device. `worker` and
 * `webgpu` take theirs as soon as it is there. Where that is not there when an answer is due, or has none by then though it takes no
 * longer otherwise, the CPU answers. Where it fails the CPU goes on, within the same answer, and it is tried again later.
 */
export function chooseEngine({
  wish,
  model,
  store,
  openWorker,
  openGpu,
  changed,
}: ChoiceOptions): EngineChoice {
  const cpu = cpuEngine();
  /** The GPU that was opened last, also where it is closed now. */
  let adapter: AdapterName | undefined;
  const slots = {
    worker: engineSlot(WHERE.worker, openWorker, changed),
    webgpu: engineSlot(WHERE.webgpu, openNamedGpu, gpuChanged),
  };
  const measured: Partial<Record<Batch, Measured>> = {};
  const reasons: Partial<Record<Batch, string>> = {};
  /** Milliseconds of a shelf in the latest answers of the CPU. */
  const answered: Record<Batch, number[]> = { one: [], many: [] };
  /** Milliseconds of the latest answer of each of the others, late ones too; 0 where that warmed up. */
  const took = new WeakMap<Engine, Partial<Record<Batch, number>>>();
  const warm = new Set<Batch>();
  const begun = new Set<Batch>();
  /** One measurement after the other: they would disturb each other. */
  let turn: Promise<unknown> = Promise.resolve();
  /** The GPU that was measured, as it calls itself. */
  let measuredOn: string | undefined;
  let closed = false;

  const wanted = (batch: Batch): EngineName => (wish === 'auto' ? (measured[batch]?.engine ?? 'cpu') : wish);
  /** What a kind of call shall run on beside the page's own thread. */
  const slotFor = (batch: Batch): (typeof slots)[Other] | undefined => {
    const name = wanted(batch);
    return name === 'cpu' ? undefined : slots[name];
  };
  const engineFor = (batch: Batch): Engine => slotFor(batch)?.current() ?? cpu;

  const settle = (batch: Batch, found: Measured, why: string): void => {
    const before = engineFor(batch);
    measured[batch] = found;
    reasons[batch] = why;
    if (engineFor(batch) !== before) changed();
  };

  /** Closes what was opened to be measured and is not the choice for anything. */
  const releaseOthers = (): void => {
    for (const slot of Object.values(slots))
      if (slotFor('one') !== slot && slotFor('many') !== slot) slot.release();
  };

  const measure = async (batch: Batch, shop: Scorable, asks: readonly Ask[], took: number): Promise<void> => {
    const { measureEngines } = await import('./measureEngines.ts');
    const found = await measureEngines(shop, asks, took, {
      cpu,
      onCpu: answered[batch],
      ...slots,
      ended: () => closed,
    });
    if (closed) return;
    if (found === undefined) return void begun.delete(batch);
    const { why, ...own } = found;
    settle(batch, own, why);
    const key = await adapterKey();
    const isWhole = key === 'none' || own.milliseconds.webgpu !== undefined;
    if (!isWhole || Object.keys(own.milliseconds).length === 1) return;
    measuredOn = JSON.stringify(adapter);
    const kept: Remembered = { model, adapter: key, measured };
    await store.write([[MEASURED, kept]]);
  };

  /** Takes in what an answer of the CPU took, and has the others measured beside it. */
  const heard = (batch: Batch, time: number, shop: Scorable, asks: readonly Ask[]): void => {
    // The first answer warms up.
    if (warm.has(batch)) answered[batch].push(time / asks.length);
    warm.add(batch);
    if (answered[batch].length > ANSWERS) answered[batch].shift();
    if (wish !== 'auto' || begun.has(batch)) return;
    begun.add(batch);
    // Where even the CPU fails, the answers that the page asks for say so.
    turn = Promise.all([turn, recalled])
      .then(() => (measured[batch] === undefined && !closed ? measure(batch, shop, asks, time) : undefined))
      .catch(() => undefined)
      .finally(releaseOthers);
  };

  /** Takes over what an earlier visit measured, where model and GPU are the same. */
  const recall = async (): Promise<void> => {
    const [stored] = await store.read([MEASURED]);
    if (stored === undefined) return;
    const known = rememberedFor(stored, model, await adapterKey());
    for (const [batch, found] of Object.entries(known) as [Batch, Measured][]) {
      if (measured[batch] !== undefined) continue;
      begun.add(batch);
      measured[batch] = found;
      reasons[batch] = `measured on this model in an earlier visit: ${figuresOf(found.milliseconds)}`;
    }
    for (const slot of new Set([slotFor('one'), slotFor('many')])) {
      if (slot === undefined) continue;
      await idle();
      if (!closed && (await slot.keepOpen()) !== undefined) changed();
    }
  };

  async function openNamedGpu(): Promise<Gpu> {
    const gpu = await openGpu();
    adapter = gpu.adapter;
    return gpu;
  }

  /** Another GPU than the one that was measured is measured anew. */
  function gpuChanged(): void {
    const gpu = slots.webgpu.current();
    if (gpu !== undefined && measuredOn !== undefined && JSON.stringify(gpu.adapter) !== measuredOn) {
      delete measured.one;
      delete measured.many;
      begun.clear();
    }
    changed();
  }

  const recalled = wish === 'auto' ? recall().catch(() => undefined) : undefined;
  const opening =
    wish === 'auto' || wish === 'cpu' ? undefined : slots[wish].keepOpen().then(() => changed());

  return {
    async rank(shop, asks) {
      const until = Math.max(...asks.map((ask) => ask.until ?? Infinity));
      if (opening !== undefined) await within(Math.min(PATIENCE, until - performance.now()), opening);
      const batch = batchOf(asks);
      const engine = engineFor(batch);
      const topK = await topKOf(asks);
      const answer = async (own: Engine): Promise<{ ranked: Ranked[]; engine: EngineName }> => {
        await own.prepare?.(shop);
        own.load(shop);
        const began = performance.now();
        const ranked = await topK(own, shop, asks);
        const time = performance.now() - began;
        if (own !== cpu) {
          const before = took.get(own);
          took.set(own, { ...before, [batch]: before?.[batch] === undefined ? 0 : time });
        } else if (asks.length > 0) heard(batch, time, shop, asks);
        return { ranked, engine: own.name };
      };
      const name = engine.name;
      if (name === 'cpu') return await answer(cpu);
      let given: Awaited<ReturnType<typeof answer>> | undefined;
      let problem: RerankError | undefined;
      const answering = answer(engine).then(
        (found) => (given = found),
        (error: Error) => {
          if (error instanceof RerankError) problem = error;
          else slots[name].fail(engine, `the ${WHERE[name]} failed: ${error.message}`);
        },
      );
      const usual = took.get(engine)?.[batch] ?? 0;
      await within(Math.max(until - performance.now(), LATE * usual), answering);
      if (problem !== undefined) throw problem;
      return given ?? (await answer(cpu));
    },
    name: (batch) => engineFor(batch).name,
    reason(batch) {
      if (wish === 'cpu') return 'the page asked for the CPU';
      const name = wanted(batch);
      if (name !== 'cpu' && slots[name].current() === undefined)
        return slots[name].why() || `the ${WHERE[name]} is being opened`;
      if (wish !== 'auto') return `the page asked for the ${WHERE[wish]}`;
      return reasons[batch] ?? 'the others were not measured yet';
    },
    milliseconds(batch) {
      const own = answered[batch];
      return measured[batch]?.milliseconds ?? (own.length === 0 ? {} : { cpu: median(own) });
    },
    adapter: () => adapter,
    close() {
      closed = true;
      cpu.close();
      for (const slot of Object.values(slots)) slot.close();
    },
  };
}
