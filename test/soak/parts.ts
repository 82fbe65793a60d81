import type { SoakPart } from './SoakPart.ts';

interface Named {
  /** What it does, in a line. */
  readonly help: string;
  load(): Promise<SoakPart>;
}

/** All parts, in the order in which they run. */
export const PARTS = {
  kills: {
    help: 'kill -9 of the service, 200 times on each store: what was acknowledged is there',
    load: async () => (await import('./parts/kills.ts')).kills,
  },
} satisfies Record<string, Named>;

export type PartName = keyof typeof PARTS;
