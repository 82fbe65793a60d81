import type { Shelf } from 'evershelf';
import type { Catalogue } from '../catalogue/Catalogue.ts';
import type { Arrivals } from './Arrivals.ts';
import type { Cart } from './Cart.ts';
import type { Emitter } from './Emitter.ts';
import type { Habits } from './Habits.ts';
import type { Ranking } from './Ranking.ts';

/** All that pages, header and panel work with. */
export interface Shop {
  readonly shelf: Shelf;
  readonly ranking: Ranking;
  readonly catalogue: Catalogue;
  readonly cart: Cart;
  readonly habits: Habits;
  readonly arrivals: Arrivals;
  /** The catalogue got better, the network came or went, or the shopper did something. */
  readonly changed: Emitter;
  /** Reports to the shelf what the shopper did, the lines of a purchase at once. */
  track(kind: 'view' | 'cart' | 'purchase', lines: readonly { id: string; quantity: number }[]): void;
  /** Puts a product into the cart, and says so. */
  addToCart(id: string, quantity?: number): void;
}
