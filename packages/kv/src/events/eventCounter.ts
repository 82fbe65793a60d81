import type { ShopEvent } from '@evershelf/model';
import { type Counters, oneEvent, sum } from '../shop/counters.ts';
import type { Shop } from '../shop/openShop.ts';
import { repeats } from './repeats.ts';

/** Counts events, and writes what was counted now and then as one revision. */
export interface EventCounter {
  count(events: readonly ShopEvent[]): Promise<void>;
  /** Writes what was counted, without waiting for its turn. */
  flush(): Promise<void>;
}

/**
 * @param seconds the shortest time between two writes
 * @param report told where a write failed; what was counted is kept for the next one
 */
export function eventCounter(shop: Shop, seconds: number, report: (error: unknown) => void): EventCounter {
  const isRepeated = repeats();
  let waiting = new Map<string, Counters>();
  let timer: NodeJS.Timeout | undefined;
  const add = (id: string, counters: Counters): void => {
    const before = waiting.get(id);
    waiting.set(id, before === undefined ? counters : sum(before, counters));
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => void flush().catch(report), seconds * 1000).unref();
  };
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0) return;
    const counted = waiting;
    waiting = new Map();
    try {
      await shop.addCounts(counted);
    } catch (error) {
      for (const [id, counters] of counted) add(id, counters);
      schedule();
      throw error;
    }
  };
  return {
    async count(events) {
      const ids = [...new Set(events.map(({ item }) => item))];
      const unknown = new Set((await shop.items(ids)).missing);
      for (const event of events) {
        if (!unknown.has(event.item) && !isRepeated(event)) add(event.item, oneEvent(event.time));
      }
      if (waiting.size > 0) schedule();
    },
    flush,
  };
}
