import type { Host } from './Host.ts';
import type { Storefront, StorefrontOptions } from './Storefront.ts';

/** The one storefront of a page. */
interface OnPage {
  host?: Host | undefined;
  /** While it opens, and as long as it is open. */
  opening?: Promise<Storefront> | undefined;
  options?: StorefrontOptions;
  readonly listeners: Set<() => void>;
}

/** A page may have this code twice, by a script tag and by its bundle: they share one storefront. */
const KEY = Symbol.for('evershelf.storefront');

/** The storefront that is open on this page; undefined while there is none. */
export function currentHost(): Host | undefined {
  return onPage().host;
}

/** Calls back when a storefront opens or closes, until the returned function is called. */
export function onHost(listener: () => void): () => void {
  const { listeners } = onPage();
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Says which storefront is open now. */
export function setHost(host: Host | undefined): void {
  const page = onPage();
  page.host = host;
  if (host === undefined) page.opening = undefined;
  for (const listener of [...page.listeners]) listener();
}

/**
 * Opens the storefront of this page, where none is open or opening; else gives that one, and says on the console where another
 * shop is wanted than it shows.
 */
export function openOnce(
  options: StorefrontOptions,
  open: (options: StorefrontOptions) => Promise<Storefront>,
): Promise<Storefront> {
  const page = onPage();
  if (page.opening !== undefined) {
    for (const name of ['model', 'kv'] as const)
      if (page.options?.[name] !== options[name])
        console.warn(
          `evershelf: this page has a storefront with ${name} ${page.options?.[name]}; the one with ${options[name]} is left out. Close the first, or ask for the same.`,
        );
    return page.opening;
  }
  page.options = options;
  const opening = open(options);
  page.opening = opening;
  opening.catch(() => {
    if (page.opening === opening) page.opening = undefined;
  });
  return opening;
}

function onPage(): OnPage {
  const global = globalThis as { [KEY]?: OnPage };
  return (global[KEY] ??= { listeners: new Set() });
}
