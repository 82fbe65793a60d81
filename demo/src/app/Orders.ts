import { type CartLine, checkLines } from './Cart.ts';
import { Stored } from './Stored.ts';

/** An order as it was placed. Nobody gets it: it stays on this device. */
export interface Order {
  readonly number: string;
  /** Unix milliseconds. */
  readonly time: number;
  readonly lines: readonly CartLine[];
  readonly total: number;
  readonly name: string;
  readonly street: string;
  readonly town: string;
  /** When it is said to come, and how it is said to be paid. */
  readonly slot: string;
  readonly way: string;
}

const MAX_ORDERS = 20;

/** The shopper's orders, the latest first. */
export class Orders {
  readonly #stored = new Stored(() => localStorage, 'orders', checkOrders);

  find(number: string): Order | undefined {
    return this.#stored.read().find((order) => order.number === number);
  }

  /** Keeps an order under a number of its own. */
  place(order: Omit<Order, 'number' | 'time'>): Order {
    const time = Date.now();
    const placed = { ...order, time, number: time.toString(36).toUpperCase().slice(-6) };
    this.#stored.write([placed, ...this.#stored.read()].slice(0, MAX_ORDERS));
    return placed;
  }

  clear(): void {
    this.#stored.write([]);
  }
}

function checkOrders(value: unknown): readonly Order[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (order: Partial<Order> | null): order is Order =>
      typeof order?.number === 'string' && checkLines(order.lines).length > 0,
  );
}
