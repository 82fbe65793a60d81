import type { Storefront } from '../Storefront.ts';

/** What a page wants done with its storefront. */
export type Command = (shop: Storefront) => unknown;

/**
 * The global `evershelf` of a script tag: what the page pushed before the storefront was open, in order; then what is pushed is done at
 * once. A list of before or after the tag, which the tag takes over.
 */
export interface Queue extends Array<Command> {
  /** The script tags that made it, the first alone of which opens a storefront. */
  tags?: (HTMLScriptElement | null)[];
  /** Imports a file of the build by its name, held against its digest; undefined for another. */
  import?: (name: string) => Promise<unknown> | undefined;
  /** Text of a file of the build, held against its digest; undefined for another. */
  text?: (url: string) => Promise<string | undefined>;
}
