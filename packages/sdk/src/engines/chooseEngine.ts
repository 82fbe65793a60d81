import type { EngineName, ShelfStatus } from '../types.ts';
import { cpuEngine } from './cpu/cpuEngine.ts';
import type { Ask, Engine, Ranked, Scorable } from './Engine.ts';

/** The engine in use, and why it is. */
export interface EngineChoice {
  rank(shop: Scorable, asks: readonly Ask[]): Promise<{ ranked: Ranked[]; engine: EngineName }>;
  name(): EngineName;
  reason(): string;
  /** Median milliseconds of the measured engines. */
  milliseconds(): Partial<Record<EngineName, number>>;
  adapter(): ShelfStatus['adapter'];
  close(): void;
}

/** Answers on the real model that each engine is measured with, interleaved. */
const ROUNDS = 5;
/** A GPU's way there and back takes longer than this, whatever it computes. */
const ROUND_TRIP = 1;

type Gpu = Engine & { readonly adapter: NonNullable<ShelfStatus['adapter']>; readonly lost: Promise<string> };

/**
 * Starts on the CPU. `auto` measures the GPU beside it on the real model once there is a query and the page is idle, and
 * keeps the faster one; `webgpu` takes the GPU as soon as it is there. Where the GPU fails, the CPU goes on.
 *
 * @param openGpu loads the WebGPU engine; rejects where there is none
 * @param changed called where another engine has taken over
 */
export function chooseEngine(
  wish: 'auto' | EngineName,
  openGpu: () => Promise<Gpu>,
  changed: () => void,
): EngineChoice {
  const cpu = cpuEngine();
  const medians: Partial<Record<EngineName, number>> = {};
  let gpu: Gpu | undefined;
  let adapter: ShelfStatus['adapter'];
  let current: Engine = cpu;
  let reason = wish === 'cpu' ? 'the page asked for the CPU' : 'the GPU was not measured yet';
  let closed = false;
  let opening: Promise<void> | undefined;

  const take = (next: Engine, why: string): void => {
    reason = why;
    if (closed || next === current) return;
    current = next;
    changed();
  };

  const fail = (why: string): void => {
    gpu?.close();
    gpu = undefined;
    take(cpu, why);
  };

  const open = (): Promise<void> => {
    opening ??= (async () => {
      try {
        const opened = await openGpu();
        if (closed) return opened.close();
        gpu = opened;
        adapter = opened.adapter;
        void opened.lost.then((why) => gpu === opened && fail(`the GPU was lost: ${why}`));
      } catch (error) {
        fail(`no WebGPU: ${(error as Error).message}`);
      }
    })();
    return opening;
  };

  const measure = async (shop: Scorable, ask: Ask): Promise<void> => {
    const timed = async (engine: Engine): Promise<number> => {
      engine.load(shop);
      const began = performance.now();
      await engine.topK([ask]);
      return performance.now() - began;
    };
    try {
      await timed(cpu);
      medians.cpu = median([await timed(cpu), await timed(cpu), await timed(cpu)]);
      if (medians.cpu < ROUND_TRIP) {
        return take(cpu, `the CPU takes ${shown(medians.cpu)}, less than a GPU's way there and back`);
      }
      await idle();
      await open();
      if (gpu === undefined) return;
      await timed(gpu);
      const [onCpu, onGpu]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        await idle();
        if (closed || gpu === undefined) return;
        onCpu.push(await timed(cpu));
        onGpu.push(await timed(gpu));
      }
      medians.cpu = median(onCpu);
      medians.webgpu = median(onGpu);
      const figures = `${shown(medians.webgpu)} on the GPU, ${shown(medians.cpu)} on the CPU`;
      const faster = medians.webgpu < medians.cpu ? gpu : cpu;
      take(faster, `measured on this model: ${figures}`);
      if (faster === cpu) {
        gpu.close();
        gpu = undefined;
      }
    } catch (error) {
      fail(`the GPU failed: ${(error as Error).message}`);
    }
  };

  let measured = wish !== 'auto';
  if (wish === 'webgpu') {
    reason = 'the GPU is being opened';
    void open().then(() => gpu !== undefined && take(gpu, 'the page asked for the GPU'));
  }

  return {
    async rank(shop, asks) {
      if (wish === 'webgpu') await opening;
      const engine = current;
      let ranked: Ranked[];
      try {
        engine.load(shop);
        ranked = await engine.topK(asks);
      } catch (error) {
        if (engine === cpu) throw error;
        fail(`the GPU failed: ${(error as Error).message}`);
        cpu.load(shop);
        ranked = await cpu.topK(asks);
      }
      const [first] = asks;
      if (!measured && first !== undefined) {
        measured = true;
        void idle().then(() => measure(shop, first));
      }
      return { ranked, engine: current === engine ? engine.name : 'cpu' };
    },
    name: () => current.name,
    reason: () => reason,
    milliseconds: () => medians,
    adapter: () => adapter,
    close() {
      closed = true;
      cpu.close();
      gpu?.close();
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function shown(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}

/** Settles when the page has nothing better to do; Safari knows no idle callback. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 2000 });
    else setTimeout(resolve, 200);
  });
}
