/** Those that are measured: ours, then the others. */
export const ENGINES = [
  'cpu',
  'webgpu',
  'auto',
  'gatherDot',
  'tfjsWebgpu',
  'tfjsWasm',
  'tfjsCpu',
  'onnxWasm',
  'onnxWebgpu',
  'hnswlib',
] as const;
/** Those that run in Node: hnswlib-wasm is compiled for browsers alone, and ONNX Runtime's WebGPU does not start on Dawn's bindings. */
export const IN_NODE = ENGINES.filter((name) => name !== 'hnswlib' && name !== 'onnxWebgpu');
/** Our engines, and the choice of one by measurement. */
export const OURS = ['cpu', 'webgpu', 'auto'] as const satisfies readonly EngineName[];

export type EngineName = (typeof ENGINES)[number];

/** One engine on one shop, asked for some contexts at once. */
export interface Row {
  readonly engine: EngineName;
  readonly items: number;
  readonly contexts: number;
  /** Milliseconds of an answer to all of the contexts. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Of the model that the engine was handed. */
  readonly bytes: number;
  /** Answers that were measured. */
  readonly rounds: number;
}

/** An engine that did not come to answer, and why. */
export interface Cannot {
  readonly engine: EngineName;
  readonly items: number;
  readonly contexts: number;
  readonly reason: string;
}

/** Reading what one answer to one context has to touch, and nothing else. */
export interface Bound {
  readonly items: number;
  readonly bytes: number;
  readonly p50Ms: number;
}

/** Where it was measured. */
export interface Place {
  readonly runtime: 'browser' | 'node';
  readonly cores: number;
  /** The GPU as the runtime calls it; `none` where there is none. */
  readonly adapter: string;
}

/** What `pnpm bench engine` measures. */
export interface EngineBench {
  readonly place: Place;
  readonly rows: readonly Row[];
  readonly cannot: readonly Cannot[];
  readonly bounds: readonly Bound[];
  readonly ratios: Ratios;
}

/**
 * Peer / ours for one context at the largest shop that both answered; `bandwidth` is ours / bound at a million items. Ours is
 * the faster of our engines. `auto` is what is chosen by measurement / ours, where that is most, of all shops and numbers of
 * contexts. null where it was not measured.
 */
export type Ratios = Readonly<
  Record<'gatherDot' | 'tfjsWebgpu' | 'tfjsWasm' | 'bandwidth' | 'auto', number | null>
>;
