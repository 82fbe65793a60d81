import { Emitter } from '../app/Emitter.ts';
import { Stored } from '../app/Stored.ts';

const WIDE = '(min-width: 68rem)';

/** Whether the panel is open; remembered. At first it is open where there is room beside the shop. */
export class PanelSwitch {
  readonly changed = new Emitter();
  readonly #element: HTMLElement;
  readonly #stored = new Stored(
    () => localStorage,
    'panel',
    (value) => (typeof value === 'boolean' ? value : matchMedia(WIDE).matches),
  );

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  get open(): boolean {
    return !this.#element.hidden;
  }

  /** Opens it if it was left open. */
  restore(): void {
    this.#apply(this.#stored.read());
  }

  set(open: boolean): void {
    this.#stored.write(open);
    this.#apply(open);
  }

  #apply(open: boolean): void {
    this.#element.hidden = !open;
    document.documentElement.dataset['panel'] = open ? 'open' : 'closed';
    this.changed.emit();
  }
}
