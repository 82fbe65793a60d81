import type { PageState, Storefront } from 'evershelf/storefront';
import type { Catalogue } from '../catalogue/Catalogue.ts';
import type { Arrivals } from './Arrivals.ts';
import type { Cart } from './Cart.ts';
import type { Emitter } from './Emitter.ts';
import type { Habits } from './Habits.ts';
import type { Orders } from './Orders.ts';

/** All that pages, header and tour work with. */
export interface Shop {
  readonly storefront: Storefront;
  readonly catalogue: Catalogue;
  readonly cart: Cart;
  readonly habits: Habits;
  readonly orders: Orders;
  readonly arrivals: Arrivals;
  /** The catalogue got better, the network came or went, or the shopper did something. */
  readonly changed: Emitter;
  readonly tour: { open(): void };
  /** Tells the shelves what the page is. */
  tell(state: PageState): void;
  /** Reports to the recommender what the shopper did, the lines of a purchase at once. */
  track(kind: 'view' | 'cart' | 'purchase', lines: readonly { id: string; quantity: number }[]): void;
  /** Puts a product into the cart, and says so. */
  addToCart(id: string, quantity?: number): void;
}
