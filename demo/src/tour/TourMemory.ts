import { Stored } from '../app/Stored.ts';

interface Kept {
  readonly isOpen: boolean;
  readonly step: number;
  /** The product that arrived on the tour. */
  readonly arrival?: string;
  /** The model that a night has trained. */
  readonly night?: string;
  /** What was changed while the model stood still: as it was, and the revision before. */
  readonly changed?: {
    readonly model: string;
    readonly revision: number;
    readonly cheaper: { readonly id: string; readonly price: number };
    readonly gone: string;
  };
}

/** Where the visitor is on the tour, as long as the tab is open: a visit of the shop may end in the midst of it. */
export class TourMemory {
  readonly #stored = new Stored(() => sessionStorage, 'tour', checkKept);

  get now(): Kept {
    return this.#stored.read();
  }

  keep(part: Partial<Kept>): void {
    this.#stored.write({ ...this.now, ...part });
  }

  /** Forgets what was changed while the model stood still. */
  restore(): void {
    const { changed: _, ...rest } = this.now;
    this.#stored.write(rest);
  }
}

function checkKept(value: unknown): Kept {
  const kept = value as Partial<Kept> | null;
  return { ...kept, isOpen: kept?.isOpen === true, step: Number.isInteger(kept?.step) ? kept!.step! : 0 };
}
