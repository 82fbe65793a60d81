import type { SoakPart } from './SoakPart.ts';

interface Named {
  /** What it does, in a line. */
  readonly help: string;
  /** Whether it has no short version of its own. */
  readonly isLong?: true;
  load(): Promise<SoakPart>;
}

const ALL = {
  kills: {
    help: 'kill -9 of the service, 200 times on each store: what was acknowledged is there',
    load: async () => (await import('./parts/kills.ts')).kills,
  },
  trainer: {
    help: 'kill -9 of `evershelf train` at random moments: no half artifact, and the same bytes in the end',
    load: async () => (await import('./parts/trainer.ts')).trainer,
  },
  load: {
    help: '80 % of what the service can do for 20 minutes, its store restarted in the middle',
    load: async () => (await import('./parts/load.ts')).load,
  },
  streams: {
    help: 'ten thousand streams of changes open at once',
    load: async () => (await import('./parts/streams.ts')).streams,
  },
  page: {
    help: 'ten thousand shelves by each engine, half an hour of browsing: heap, GPU buffers, database',
    load: async () => (await import('./parts/page.ts')).page,
  },
  leaks: {
    help: 'that no method of the lab sees the future, on more data than the tests have',
    isLong: true,
    load: async () => (await import('./parts/leaks.ts')).leaks,
  },
  fuzz: {
    help: 'a million inputs made up for all that reads from outside: none crashes, hangs, or gives a score that is none',
    load: async () => (await import('./parts/fuzz.ts')).fuzz,
  },
} satisfies Record<string, Named>;

export type PartName = keyof typeof ALL;

/** All parts, in the order in which they run. */
export const PARTS: Readonly<Record<PartName, Named>> = ALL;
