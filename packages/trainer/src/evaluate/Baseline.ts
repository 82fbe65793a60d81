import type { Method } from './Method.ts';

/** All baselines, in the order of the report. */
export const BASELINES = [
  'popularity',
  'recentPopularity',
  'trend',
  'personalFrequency',
  'contentKnn',
  'contentRecent',
  'itemKnn',
  'vmisKnn',
  'vmisKnnLive',
  'ials',
  'ease',
] as const;
export type BaselineName = (typeof BASELINES)[number];

/** `early`: while options are chosen, where a method may make do with less. `late`: for the judged method. */
export type Phase = 'early' | 'late';

/** A recommender to be compared with: by what it may be tuned, and how it is made. */
export interface Baseline {
  readonly name: BaselineName;
  /** The options to choose from. Whether it pushes down what was had is chosen for every baseline alike. */
  readonly grid: readonly object[];
  /** Trains on the events before `until`; returns how the method of one of the grid's options is made. */
  prepare(until: number, phase: Phase): (at: number) => Method;
}

/** All combinations of some options, the last one fastest. */
export function combinations<T extends Record<string, readonly unknown[]>>(
  options: T,
): { [K in keyof T]: T[K][number] }[] {
  return Object.entries(options).reduce<object[]>(
    (sets, [name, values]) => sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value }))),
    [{}],
  ) as { [K in keyof T]: T[K][number] }[];
}

/** Works out a value for each key once, when it is first asked for; keys that look alike are the same. */
export function cached<K, V>(make: (key: K) => V): (key: K) => V {
  const found = new Map<string, V>();
  return (key) => {
    const name = JSON.stringify(key);
    if (!found.has(name)) found.set(name, make(key));
    return found.get(name)!;
  };
}
