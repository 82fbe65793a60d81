import type { Host } from './Host.ts';
import type { Storefront, StorefrontOptions } from './Storefront.ts';

/** The one storefront of a page. */
interface OnPage {
  host?: Host | undefined;
  /** While it opens, and as long as it is open. */
  opening?: Promise<Storefront> | undefined;
  options?: StorefrontOptions;
  /** True where one was to be opened and could not be. */
  failed?: boolean;
  readonly listeners: Set<() => void>;
}

/** A page may have this code twice, by a script tag and by its bundle: they share one storefront. */
const KEY = Symbol.for('evershelf.storefront');

/** The storefront that is open on this page; undefined while there is none. */
export function currentHost(): Host | undefined {
  return onPage().host;
}

/** True where a storefront was to be opened on this page and could not be, and none is open. */
export function hasFailed(): boolean {
  const { host, failed = false } = onPage();
  return host === undefined && failed;
}

/** Calls back when a storefront opens, cannot be opened, or closes, until the returned function is called. */
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
  tell(page);
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
  if (page.opening !== undefined && page.options?.signal?.aborted !== true) {
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
  page.failed = false;
  opening.catch(() => {
    if (page.opening !== opening) return;
    page.opening = undefined;
    page.failed = true;
    tell(page);
  });
  return opening;
}

function tell({ listeners }: OnPage): void {
  for (const listener of [...listeners]) listener();
}

function onPage(): OnPage {
  const global = globalThis as { [KEY]?: OnPage };
  return (global[KEY] ??= { listeners: new Set() });
}
