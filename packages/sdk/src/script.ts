import type { evershelf as Evershelf } from './index.ts';
import type { Shelf, ShelfOptions } from './types.ts';

/** Where this script comes from. A page's own origin is no base for what a script of another origin imports. */
const { src } = document.currentScript as HTMLScriptElement;

/** The script-tag build: a global `evershelf(options)` that loads the SDK, from beside this file, when it is called. */
const load = async (options: ShelfOptions): Promise<Shelf> => {
  const { href } = new URL(/* @vite-ignore */ 'core.js', src);
  const { evershelf } = (await import(/* @vite-ignore */ href)) as { evershelf: typeof Evershelf };
  return evershelf(options);
};

Object.assign(globalThis, { evershelf: load });
