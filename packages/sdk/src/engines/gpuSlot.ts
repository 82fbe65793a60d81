import type { AdapterName } from './webgpu/openDevice.ts';
import type { Engine } from './Engine.ts';

/** The WebGPU engine, as far as the choice of an engine sees it. */
export type Gpu = Engine & { readonly adapter: AdapterName; readonly lost: Promise<string> };

/** Holds the GPU while there is one, and takes it up again some time after it was lost. */
export interface GpuSlot {
  /** The GPU that is open; undefined while there is none. */
  current(): Gpu | undefined;
  /** Opens it where it is not. */
  open(): Promise<Gpu | undefined>;
  /** The GPU that was opened last, also where it is closed now. */
  adapter(): AdapterName | undefined;
  /** Why there is none. */
  why(): string;
  /** Gives up a GPU that failed, for a while. */
  fail(gpu: Gpu, why: string): void;
  /** Lets go of the GPU until somebody opens it. */
  release(): void;
  /** For good. */
  close(): void;
}

/** Seconds after a loss, the first, the second and every later one, until the GPU is tried again. */
const PAUSES = [5, 30, 300];

/**
 * @param load loads and opens the WebGPU engine; rejects where there is none
 * @param changed called where the GPU was lost, and where it is back
 */
export function gpuSlot(load: () => Promise<Gpu>, changed: () => void): GpuSlot {
  let gpu: Gpu | undefined;
  let adapter: AdapterName | undefined;
  let why = '';
  let opening: Promise<Gpu | undefined> | undefined;
  let losses = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const letGo = (): void => {
    gpu?.close();
    gpu = opening = undefined;
  };

  /** Tries again later, and later still where there is none then. */
  const retry = (): void => {
    const pause = PAUSES[Math.min(losses++, PAUSES.length - 1)]!;
    timer = setTimeout(async () => {
      opening = undefined;
      if ((await open()) !== undefined) changed();
      else if (!closed) retry();
    }, 1000 * pause);
  };

  const fail = (failed: Gpu, reason: string): void => {
    if (failed !== gpu) return;
    letGo();
    why = reason;
    changed();
    retry();
  };

  const open = (): Promise<Gpu | undefined> => {
    clearTimeout(timer);
    opening ??= load().then(
      (opened) => {
        if (closed) {
          opened.close();
          return undefined;
        }
        gpu = opened;
        adapter = opened.adapter;
        void opened.lost.then((reason) => fail(opened, `the GPU was lost: ${reason}`));
        return opened;
      },
      (error: Error) => {
        why = `no WebGPU: ${error.message}`;
        return undefined;
      },
    );
    return opening;
  };

  return {
    current: () => gpu,
    open,
    adapter: () => adapter,
    why: () => why,
    fail,
    release() {
      clearTimeout(timer);
      letGo();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      letGo();
    },
  };
}
