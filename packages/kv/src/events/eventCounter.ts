import type { ShopEvent } from '@evershelf/model';
import { type Counters, oneEvent, sum } from '../shop/counters.ts';
import type { Shop } from '../shop/openShop.ts';
import { type PairRow, sumRows } from '../shop/pairRow.ts';
import { pairsOf } from './pairsOf.ts';
import { repeats } from './repeats.ts';

/** Counts events and what they were taken with, and writes what was counted now and then as one revision. */
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
  let counted = new Map<string, Counters>();
  let paired = new Map<string, PairRow>();
  let timer: NodeJS.Timeout | undefined;
  const schedule = (): void => {
    timer ??= setTimeout(() => void flush().catch(report), seconds * 1000).unref();
  };
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (counted.size === 0) return;
    const [events, pairs] = [counted, paired];
    counted = new Map();
    paired = new Map();
    try {
      await shop.addCounts(events, pairs);
    } catch (error) {
      for (const [id, counters] of events) add(counted, id, counters, sum);
      for (const [id, row] of pairs) add(paired, id, row, sumRows);
      schedule();
      throw error;
    }
  };
  return {
    async count(events) {
      const ids = events.flatMap(({ item, after = [] }) => [item, ...after.map((each) => each.item)]);
      const known = await shop.holds([...new Set(ids)]);
      for (const event of events) {
        if (!known.has(event.item) || isRepeated(event)) continue;
        add(counted, event.item, oneEvent(event.time), sum);
        for (const [id, row] of pairsOf(event, (id) => known.has(id))) add(paired, id, row, sumRows);
      }
      if (counted.size > 0) schedule();
    },
    flush,
  };
}

function add<T>(to: Map<string, T>, id: string, more: T, sum: (before: T, more: T) => T): void {
  const before = to.get(id);
  to.set(id, before === undefined ? more : sum(before, more));
}
