import type { Item } from 'evershelf';
import { Emitter } from './Emitter.ts';
import { Stored } from './Stored.ts';

export interface CartLine {
  readonly id: string;
  readonly quantity: number;
}

/** Most of one product that a cart takes. */
const MAX_QUANTITY = 99;

/** The shopper's cart; it outlasts the page and follows other tabs. */
export class Cart {
  readonly changed = new Emitter();
  readonly #stored = new Stored(() => localStorage, 'cart', checkLines);
  #quantities = new Map<string, number>();

  constructor() {
    this.#load();
    addEventListener('storage', () => {
      this.#load();
      this.changed.emit();
    });
  }

  get lines(): CartLine[] {
    return [...this.#quantities].map(([id, quantity]) => ({ id, quantity }));
  }

  /** Pieces, not lines. */
  get count(): number {
    return this.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  /** What it costs, by the products of its lines in their order; one without a price yet costs nothing. */
  totalOf(items: readonly Item[]): number {
    return this.lines.reduce((sum, { quantity }, place) => sum + quantity * (items[place]?.price ?? 0), 0);
  }

  quantityOf(id: string): number {
    return this.#quantities.get(id) ?? 0;
  }

  add(id: string, quantity = 1): void {
    this.set(id, this.quantityOf(id) + quantity);
  }

  /** Sets how many of a product are in the cart; 0 takes it out. */
  set(id: string, quantity: number): void {
    if (quantity > 0) this.#quantities.set(id, Math.min(quantity, MAX_QUANTITY));
    else this.#quantities.delete(id);
    this.#keep();
  }

  clear(): void {
    this.#quantities.clear();
    this.#keep();
  }

  #load(): void {
    this.#quantities = new Map(this.#stored.read().map(({ id, quantity }) => [id, quantity]));
  }

  #keep(): void {
    this.#stored.write(this.lines);
    this.changed.emit();
  }
}

/** The lines of what was stored. */
export function checkLines(value: unknown): CartLine[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (line: Partial<CartLine> | null): line is CartLine =>
      typeof line?.id === 'string' && Number.isInteger(line.quantity) && line.quantity! > 0,
  );
}
