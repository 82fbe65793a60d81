import type { Shelf, ShelfOptions } from './types.ts';

/** The script-tag build: a global `evershelf(options)` that loads the SDK, from beside this file, when it is called. */
const load = async (options: ShelfOptions): Promise<Shelf> => (await import('./index.ts')).evershelf(options);

Object.assign(globalThis, { evershelf: load });
