import type { Drawer } from 'evershelf/debug';
import { Emitter } from '../app/Emitter.ts';
import { Stored } from '../app/Stored.ts';
import type { Storefront } from 'evershelf/storefront';

const WIDE = '(min-width: 68rem)';

/**
 * Whether what goes on under the shelves is shown; remembered. At first it is where there is room beside the shop. The page keeps
 * that room free from the first paint on, and the drawer comes into it with the shop.
 */
export class DrawerSwitch {
  readonly changed = new Emitter();
  readonly #stored = new Stored(
    () => localStorage,
    'drawer',
    (value) => (typeof value === 'boolean' ? value : matchMedia(WIDE).matches),
  );
  #storefront: Storefront | undefined;
  #drawer: Promise<Drawer> | undefined;
  #open = false;

  get open(): boolean {
    return this.#open;
  }

  /** Keeps its room free if it was left open, or the address asks for it: what it asks for is this one. */
  restore(): void {
    const { searchParams, pathname } = new URL(location.href);
    const asked = searchParams.has('evershelf-debug');
    if (asked) history.replaceState(history.state, '', pathname);
    this.#apply(asked || this.#stored.read());
  }

  /** Gives its room back where no shop has opened that it could tell of. */
  withdraw(): void {
    this.#apply(false);
  }

  ready(storefront: Storefront): void {
    this.#storefront = storefront;
    if (this.#open) void this.#load(false);
  }

  async set(open: boolean): Promise<void> {
    if (open === this.#open) return;
    this.#stored.write(open);
    this.#apply(open);
    if (this.#drawer) (await this.#drawer).toggle(open);
    else if (open) await this.#load(true);
  }

  /** Fetches the drawer with the first use of it. */
  async #load(focus: boolean): Promise<void> {
    const storefront = this.#storefront;
    if (!storefront) return;
    this.#drawer ??= import('evershelf/debug').then(({ openDrawer }) =>
      openDrawer(storefront, {
        open: !focus,
        handle: false,
        toggled: (open) => {
          this.#stored.write(open);
          this.#apply(open);
        },
      }),
    );
    if (focus) (await this.#drawer).toggle(true);
  }

  #apply(open: boolean): void {
    this.#open = open;
    document.documentElement.dataset['drawer'] = open ? 'open' : 'closed';
    this.changed.emit();
  }
}
