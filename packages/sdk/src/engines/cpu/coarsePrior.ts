import type { LoadedShop } from './shopMemory.ts';

/** A prior that lies in the memory in 16-bit steps above the least of it. */
export interface CoarsePrior {
  readonly loaded: LoadedShop;
  readonly prior: Float32Array;
  /** From the least to the most, and size of a step. */
  readonly range: number;
  readonly step: number;
}

const STEPS = 32_767;

/** Lays a prior into the memory, in the order of the places, where it is another one than lies there. */
export function layPrior(
  memory: WebAssembly.Memory,
  loaded: LoadedShop,
  prior: Float32Array,
  before: CoarsePrior | undefined,
): CoarsePrior {
  if (before?.loaded === loaded && before.prior === prior) return before;
  const { at, itemOf, shop } = loaded;
  const out = new Int16Array(memory.buffer, at.prior, shop.index.count);
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < out.length; i++) {
    const value = prior[i]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const range = Math.max(0, most - least);
  const factor = range > 0 ? STEPS / range : 0;
  for (let p = 0; p < out.length; p++) out[p] = Math.round((prior[itemOf[p]!]! - least) * factor);
  return { loaded, prior, range, step: range / STEPS };
}
