import type { DeviceStore } from '../device/DeviceStore.ts';
import type { EngineName, ShelfStatus } from '../types.ts';
import { adapterKey } from './adapterKey.ts';
import { cpuEngine } from './cpu/cpuEngine.ts';
import type { Ask, Engine, Ranked, Scorable } from './Engine.ts';
import { type Gpu, gpuSlot } from './gpuSlot.ts';
import { idle } from './idle.ts';
import { type Batch, MEASURED, type Measured, type Remembered, rememberedFor } from './Measured.ts';
import { RerankError } from './rerank/RerankError.ts';

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

export interface ChoiceOptions {
  readonly wish: 'auto' | EngineName;
  /** Id of the model that is ranked by: measurements hold for it alone. */
  readonly model: string;
  /** Where measurements are kept between visits. */
  readonly store: DeviceStore;
  /** Loads the WebGPU engine; rejects where there is none. */
  openGpu(): Promise<Gpu>;
  /** Called where another engine has taken over. */
  changed(): void;
}

/** Answers that an engine is measured by at most, and the milliseconds that they may take together. */
const ROUNDS = 5;
const BUDGET = 200;
/** Longer answers are not asked of the page's own thread for the sake of measuring. */
const SLICE = 8;
/** A GPU's way there and back takes longer than this, whatever it computes. */
const ROUND_TRIP = 1;

const batchOf = (asks: readonly Ask[]): Batch => (asks.length > 1 ? 'many' : 'one');

/**
 * Begins on the CPU. `auto` measures the GPU beside it on the real model, for one shelf and for many at once, when there was such
 * a call and the page is idle; keeps the faster one, and remembers it on the device. `webgpu` takes the GPU as soon as it is
 * there. Where the GPU fails the CPU goes on, within the same answer, and the GPU is tried again later.
 */
export function chooseEngine({ wish, model, store, openGpu, changed }: ChoiceOptions): EngineChoice {
  const cpu = cpuEngine();
  const slot = gpuSlot(openGpu, slotChanged);
  const measured: Partial<Record<Batch, Measured>> = {};
  const reasons: Partial<Record<Batch, string>> = {};
  /** Milliseconds of a shelf in the latest answers of the CPU. */
  const answered: Record<Batch, number[]> = { one: [], many: [] };
  const warm = new Set<Batch>();
  const begun = new Set<Batch>();
  /** One measurement after the other: they would disturb each other. */
  let turn: Promise<unknown> = Promise.resolve();
  /** The GPU that was measured, as it calls itself. */
  let measuredOn: string | undefined;
  let closed = false;

  const wants = (batch: Batch): boolean =>
    wish === 'webgpu' || (wish === 'auto' && measured[batch]?.engine === 'webgpu');
  const engineFor = (batch: Batch): Engine => (wants(batch) ? slot.current() : undefined) ?? cpu;

  const timed = async (engine: Engine, shop: Scorable, asks: readonly Ask[]): Promise<number> => {
    const topK = await topKOf(asks);
    engine.load(shop);
    const began = performance.now();
    await topK(engine, shop, asks);
    return performance.now() - began;
  };

  const settle = (batch: Batch, found: Measured, why: string): void => {
    const before = engineFor(batch);
    measured[batch] = found;
    reasons[batch] = why;
    if (!wants('one') && !wants('many')) slot.release();
    if (engineFor(batch) !== before) changed();
  };

  /** Measures both engines on questions that were asked, and takes the faster one. */
  const measure = async (batch: Batch, shop: Scorable, asks: readonly Ask[]): Promise<void> => {
    const onCpu = answered[batch];
    const each = (): number => median(onCpu);
    const timeCpu = async (): Promise<number> => {
      const some = asks.slice(0, Math.max(1, Math.floor(SLICE / (onCpu.length > 0 ? each() : SLICE))));
      const time = await timed(cpu, shop, some);
      onCpu.push(time / some.length);
      return time;
    };
    while (onCpu.length < 3 && (onCpu[0] ?? 0) < SLICE) {
      await idle();
      await timeCpu();
    }
    if (each() * asks.length < ROUND_TRIP)
      return settle(
        batch,
        { engine: 'cpu', milliseconds: { cpu: each() } },
        `the CPU takes ${shown(each() * asks.length)}, less than a GPU's way there and back`,
      );
    await idle();
    const gpu = await slot.open();
    if (gpu === undefined) return settle(batch, { engine: 'cpu', milliseconds: { cpu: each() } }, slot.why());
    const onGpu: number[] = [];
    try {
      // Takes the shop to the device and compiles the programs.
      await timed(gpu, shop, asks);
      for (let spent = 0; onGpu.length < ROUNDS && spent < BUDGET;) {
        await idle();
        if (closed) return;
        onGpu.push((await timed(gpu, shop, asks)) / asks.length);
        spent += onGpu.at(-1)! * asks.length;
        if (each() < SLICE) spent += await timeCpu();
      }
    } catch (error) {
      slot.fail(gpu, `the GPU failed: ${(error as Error).message}`);
      return settle(batch, { engine: 'cpu', milliseconds: { cpu: each() } }, slot.why());
    }
    const milliseconds = { cpu: each(), webgpu: median(onGpu) };
    settle(
      batch,
      { engine: milliseconds.webgpu < milliseconds.cpu ? 'webgpu' : 'cpu', milliseconds },
      `measured on this model: ${figuresOf(milliseconds)}`,
    );
    measuredOn = JSON.stringify(gpu.adapter);
    await remember();
  };

  const remember = async (): Promise<void> => {
    const kept: Remembered = { model, adapter: await adapterKey(), measured };
    await store.write([[MEASURED, kept]]);
  };

  /** Takes in what an answer of the CPU took, and has the GPU measured beside it once that says something. */
  const heard = (batch: Batch, took: number, shop: Scorable, asks: readonly Ask[]): void => {
    // The first answer warms up. A short one is soon repeated in an idle moment; a long one waits for the page to ask again.
    const isFirst = !warm.has(batch);
    warm.add(batch);
    if (!isFirst) answered[batch].push(took / asks.length);
    if (answered[batch].length > ROUNDS) answered[batch].shift();
    if (wish !== 'auto' || begun.has(batch) || (isFirst && took >= SLICE)) return;
    begun.add(batch);
    // Where even the CPU fails, the answers that the page asks for say so.
    turn = Promise.all([turn, recalled])
      .then(() => (measured[batch] === undefined && !closed ? measure(batch, shop, asks) : undefined))
      .catch(() => undefined);
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
    if (!wants('one') && !wants('many')) return;
    await idle();
    if (!closed && (await slot.open()) !== undefined) changed();
  };

  /** Another GPU than the one that was measured is measured anew. */
  function slotChanged(): void {
    if (
      slot.current() !== undefined &&
      measuredOn !== undefined &&
      JSON.stringify(slot.adapter()) !== measuredOn
    ) {
      delete measured.one;
      delete measured.many;
      begun.clear();
    }
    changed();
  }

  const recalled = wish === 'auto' ? recall().catch(() => undefined) : undefined;
  const opening = wish === 'webgpu' ? slot.open().then(() => changed()) : undefined;

  return {
    async rank(shop, asks) {
      await opening;
      const batch = batchOf(asks);
      const engine = engineFor(batch);
      const topK = await topKOf(asks);
      try {
        await engine.prepare?.(shop);
        engine.load(shop);
        const began = performance.now();
        const ranked = await topK(engine, shop, asks);
        if (engine === cpu && asks.length > 0) heard(batch, performance.now() - began, shop, asks);
        return { ranked, engine: engine.name };
      } catch (error) {
        if (engine === cpu || error instanceof RerankError) throw error;
        slot.fail(engine as Gpu, `the GPU failed: ${(error as Error).message}`);
        await cpu.prepare?.(shop);
        cpu.load(shop);
        return { ranked: await topK(cpu, shop, asks), engine: 'cpu' };
      }
    },
    name: (batch) => engineFor(batch).name,
    reason(batch) {
      if (wish === 'cpu') return 'the page asked for the CPU';
      if (wants(batch) && slot.current() === undefined) return slot.why() || 'the GPU is being opened';
      if (wish === 'webgpu') return 'the page asked for the GPU';
      return reasons[batch] ?? 'the GPU was not measured yet';
    },
    milliseconds(batch) {
      const own = answered[batch];
      return measured[batch]?.milliseconds ?? (own.length === 0 ? {} : { cpu: median(own) });
    },
    adapter: slot.adapter,
    close() {
      closed = true;
      cpu.close();
      slot.close();
    },
  };
}

/** How an engine that has the shop is asked: where a question brings a model of the page, that has the last word. */
async function topKOf(
  asks: readonly Ask[],
): Promise<(engine: Engine, shop: Scorable, asks: readonly Ask[]) => Promise<Ranked[]>> {
  if (asks.every(({ rerank }) => rerank === undefined)) return (engine, _shop, own) => engine.topK(own);
  return (await import('./rerank/rerankedTopK.ts')).rerankedTopK;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function figuresOf({ cpu, webgpu }: Measured['milliseconds']): string {
  const parts = [
    webgpu === undefined ? [] : `${shown(webgpu)} on the GPU`,
    cpu === undefined ? [] : `${shown(cpu)} on the CPU`,
  ];
  return parts.flat().join(', ');
}

function shown(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}
