import type { EngineName } from '../types.ts';

/** How many shelves a call asks for: an engine that is faster for one may be slower for many at once. */
export type Batch = 'one' | 'many';

/** What was measured for a kind of call. */
export interface Measured {
  /** The faster one. */
  readonly engine: EngineName;
  /** Median milliseconds of a shelf. */
  readonly milliseconds: Readonly<Partial<Record<EngineName, number>>>;
}

/** Where the engines compute, in sentences. */
const PLACES: Readonly<Record<EngineName, string>> = {
  cpu: 'on the CPU',
  worker: 'in a worker',
  webgpu: 'on the GPU',
};

/** Milliseconds of a shelf by engine, the best first, as a part of a sentence. */
export function figuresOf(milliseconds: Measured['milliseconds']): string {
  return Object.entries(milliseconds)
    .toSorted(([, a], [, b]) => a - b)
    .map(([name, figure]) => `${shown(figure)} ${PLACES[name as EngineName]}`)
    .join(', ');
}

export function shown(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** What a device keeps of its measurements, for the next visit. */
export interface Remembered {
  /** Of the model and the GPU that were measured. */
  readonly model: string;
  readonly adapter: string;
  readonly measured: Readonly<Partial<Record<Batch, Measured>>>;
}

/** Where measurements are kept: in the store of the catalogue, under this key. */
export const MEASURED = 'engines';

/** What the device holds, where it is for this model and this GPU; nothing where it is for others, or not to be read. */
export function rememberedFor(stored: unknown, model: string, adapter: string): Remembered['measured'] {
  const kept = stored as Partial<Remembered> | null | undefined;
  if (kept?.model !== model || kept.adapter !== adapter || typeof kept.measured !== 'object') return {};
  const valid = Object.entries(kept.measured ?? {}).filter(
    ([, measured]) =>
      Object.hasOwn(PLACES, String(measured?.engine)) &&
      typeof measured.milliseconds === 'object' &&
      measured.milliseconds !== null,
  );
  return Object.fromEntries(valid);
}
