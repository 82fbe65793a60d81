import { currentHost, hasFailed, onHost } from '../currentHost.ts';
import type { Board } from './Board.ts';
import { openBoard } from './openBoard.ts';
import { SHELF_ATTRIBUTES } from './shelfAttributes.ts';
import { shelfSpot, type ShelfSpot } from './shelfSpot.ts';

const TAG = 'evershelf-shelf';

declare global {
  interface HTMLElementTagNameMap {
    'evershelf-shelf': HTMLElement;
  }
}

/**
 * Defines `<evershelf-shelf>`, once in a page, whichever copy of this code comes first. Its elements are filled by the storefront
 * that is open on the page, or by the one that will be.
 */
export function defineShelf(): void {
  if (customElements.get(TAG) !== undefined) return;
  const spots = new Set<ShelfSpot>();
  let board: Board | undefined;
  const follow = (): void => {
    board?.close();
    const host = currentHost();
    board = host && openBoard(host);
    for (const spot of spots) settle(spot);
  };
  const settle = (spot: ShelfSpot): void => {
    if (board === undefined && hasFailed()) spot.fail();
    else spot.fillBy(board);
  };
  onHost(follow);
  follow();

  // A class of the browser, and so not to be named where there is none.
  class Shelf extends HTMLElement {
    static readonly observedAttributes = SHELF_ATTRIBUTES;
    readonly #spot = shelfSpot(this);

    connectedCallback(): void {
      // Every placement has rules: their code comes beside the model, not after it.
      if (spots.size === 0) import('../../rules/shopRules.ts').catch(() => {});
      spots.add(this.#spot);
      this.#spot.connect();
      settle(this.#spot);
    }

    disconnectedCallback(): void {
      // Where it is only moved it is back by then.
      queueMicrotask(() => {
        if (this.isConnected) return;
        spots.delete(this.#spot);
        this.#spot.disconnect();
      });
    }

    /** Moved by `moveBefore`: nothing has to be done again. */
    connectedMoveCallback(): void {}

    attributeChangedCallback(): void {
      this.#spot.changed();
    }
  }
  customElements.define(TAG, Shelf);
}
