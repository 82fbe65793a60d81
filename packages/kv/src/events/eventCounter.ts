import { type Counters, oneEvent, sum } from '../shop/counters.ts';
import type { Shop } from '../shop/openShop.ts';
import { type PairRow, sumRows } from '../shop/pairRow.ts';
import { later } from '../later.ts';
import { serial } from '../serial.ts';
import type { EventLog, LoggedEvent } from './EventLog.ts';
import { pairsOf } from './pairsOf.ts';

/** Counts what the log holds, and what it was taken with, now and then. */
export interface EventCounter {
  /** To be called when the log has grown. */
  logged(): void;
  /** Counts all that the log holds, without waiting for its turn. */
  flush(): Promise<void>;
}

/**
 * Reads the log from where it was counted to the last time. That place is written in the same step as the counts, so that an event
 * is counted once, whoever dies when, and whoever else counts the same log.
 *
 * @param seconds the shortest time between two writes
 * @param now Unix seconds
 * @param report told where one failed that nobody waited for; it is done again
 */
export function eventCounter(
  shop: Shop,
  log: EventLog,
  seconds: number,
  now: () => number,
  report: (error: unknown) => void,
): EventCounter {
  const inTurn = serial();
  /** To where each segment is counted; the store knows better. */
  let places = new Map<string, number>();
  let timer: ReturnType<typeof later> | undefined;

  const logged = (): void => {
    timer ??= later(seconds * 1000, () => {
      flush().catch((error: unknown) => {
        report(error);
        logged();
      });
    });
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    return inTurn(async () => {
      const segments = await log.segments();
      places = new Map(segments.flatMap(({ name }) => (places.has(name) ? [[name, places.get(name)!]] : [])));
      for (const { name, end } of segments) {
        if (end === 0) continue;
        for (let from = places.get(name) ?? (await shop.countedTo(name)); from < end;) {
          const { events, to } = await log.read(name, from);
          if (to === from) break;
          const { counted, paired } = await countsOf(shop, events, now());
          from = await shop.addCounts(counted, paired, { segment: name, from, to });
          places.set(name, from);
        }
      }
    });
  };

  return { logged, flush };
}

/** What events add to the items that the shop knows, and to their pairs. */
async function countsOf(
  shop: Shop,
  events: readonly LoggedEvent[],
  now: number,
): Promise<{ counted: Map<string, Counters>; paired: Map<string, PairRow> }> {
  const counting = events
    .filter(({ counts }) => counts)
    // Of a clock that is ahead; all that is counted with it would be aged to there.
    .map((event) => ({ ...event, time: Math.min(event.time, now) }));
  const ids = counting.flatMap(({ item, after = [] }) => [item, ...after.map((each) => each.item)]);
  const known = await shop.holds([...new Set(ids)]);
  const counted = new Map<string, Counters>();
  const paired = new Map<string, PairRow>();
  for (const event of counting) {
    if (!known.has(event.item)) continue;
    add(counted, event.item, oneEvent(event.time), sum);
    for (const [id, row] of pairsOf(event, (id) => known.has(id))) add(paired, id, row, sumRows);
  }
  return { counted, paired };
}

function add<T>(to: Map<string, T>, id: string, more: T, sum: (before: T, more: T) => T): void {
  const before = to.get(id);
  to.set(id, before === undefined ? more : sum(before, more));
}
