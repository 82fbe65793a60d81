import { SCORE_CODE } from './scoreCode.ts';

type Rows = (
  int8: number,
  scales: number,
  query: number,
  n: number,
  dim: number,
  factor: number,
  out: number,
) => void;

type Scan = (
  buckets: number,
  rows: number,
  width: number,
  stride: number,
  mask: number,
  prior: number,
  weight: number,
  n: number,
  bar: number,
  first: number,
  places: number,
  scores: number,
  own: number,
  each: number,
  most: number,
) => number;

/** The functions of score.wat, and the memory that they work in. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  /** Where there are eight contexts, factor, weight and bar are the addresses of eight. */
  readonly run: {
    readonly rows1: Rows;
    readonly rows8: Rows;
    largest(values: number, n: number): number;
    readonly scan1: Scan;
    readonly scan8: Scan;
    best8(places: number, scores: number, n: number, ks: number, margin: number, bars: number): number;
    exact(
      int8: number,
      scales: number,
      high: number,
      low: number,
      dim: number,
      step: number,
      matches: number,
      mask: number,
      items: number,
      n: number,
      sums: number,
    ): void;
  };
}

/** @returns undefined where WebAssembly or its SIMD is not to be had */
export function openKernels(): Kernels | undefined {
  try {
    const bytes = SCORE_CODE.match(/../g)!.map((digits) => parseInt(digits, 16));
    const module = new WebAssembly.Module(new Uint8Array(bytes));
    const memory = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    return { memory, run: exports as unknown as Kernels['run'] };
  } catch {
    return undefined;
  }
}
