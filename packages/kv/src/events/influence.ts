import { type EarlierItem, isInterest } from '@evershelf/model';
import type { EventLimits } from './EventLimits.ts';
import type { LoggedEvent } from './EventLog.ts';
import type { SentEvent } from './SentEvent.ts';

/** Bounds what one session and one client add to the counters. */
export interface Influence {
  /** Tells whether an event enters the counters, or is more than its session or client may count, and remembers that it did. */
  judge(event: SentEvent, client: string): 'counts' | 'counts nothing' | 'over';
  /** The items before an event that counts with which it counts as taken together, and remembers that it did. */
  pairs(event: SentEvent, client: string): readonly EarlierItem[];
  /** Remembers an event that a log holds; whose it was the log does not say. */
  recall(event: LoggedEvent): void;
}

const HOUR = 3600;
/** Pairs of session and item, of client and item, and of client and two items, that are remembered. */
const MOST = 500_000;

/**
 * A session counts an item once, as training does. Sessions are what a client says they are, so that a client counts only so much
 * in an hour of the clock, by whatever sessions; two items together less often still, as few others have counted them so. What a
 * shelf has shown counts nothing. Sessions that were silent longest are forgotten first.
 *
 * @param now Unix seconds
 */
export function influence(limits: EventLimits, now: () => number): Influence {
  const sessions = new Map<string, Set<string>>();
  let remembered = 0;
  const remember = (session: string, item: string): void => {
    const items = sessions.get(session) ?? new Set();
    sessions.delete(session);
    sessions.set(session, items);
    if (!items.has(item)) remembered++;
    items.add(item);
    for (const [oldest, { size }] of sessions) {
      if (remembered <= MOST) break;
      sessions.delete(oldest);
      remembered -= size;
    }
  };
  let hour = 0;
  const byClient = new Map<string, number>();
  const byItem = new Map<string, number>();
  const byPair = new Map<string, number>();
  const turnHour = (): void => {
    const is = Math.floor(now() / HOUR);
    if (is === hour) return;
    hour = is;
    byClient.clear();
    byItem.clear();
    byPair.clear();
  };

  return {
    judge({ session, item, kind }, client) {
      if (!isInterest(kind)) return 'counts nothing';
      const items = session === undefined ? undefined : sessions.get(session);
      if (items?.has(item) === true) return 'counts nothing';
      if (items !== undefined && items.size >= limits.itemsPerSession) return 'over';
      turnHour();
      const pair = JSON.stringify([client, item]);
      const [all, same] = [byClient.get(client) ?? 0, byItem.get(pair) ?? 0];
      if (all >= limits.countsPerHour || same >= limits.countsPerItem) return 'over';
      put(byClient, client, all + 1);
      put(byItem, pair, same + 1);
      if (session !== undefined) remember(session, item);
      return 'counts';
    },
    pairs({ item, after = [] }, client) {
      turnHour();
      const named = new Set([item]);
      return after.filter(({ item: other }) => {
        if (named.has(other)) return false;
        named.add(other);
        const pair = JSON.stringify([client, ...[item, other].toSorted()]);
        const same = byPair.get(pair) ?? 0;
        if (same < limits.countsPerPair) put(byPair, pair, same + 1);
        return same < limits.countsPerPair;
      });
    },
    recall({ session, item, counts }) {
      if (counts && session !== undefined) remember(session, item);
    },
  };
}

/** Sets a count, and forgets the oldest one where there are too many. */
function put(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, count);
  if (counts.size > MOST) counts.delete(counts.keys().next().value!);
}
