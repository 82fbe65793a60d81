import type { EventLog, LoggedEvent } from './EventLog.ts';
import type { Influence } from './influence.ts';
import type { SeenIds } from './seenIds.ts';
import type { SentEvent } from './SentEvent.ts';

/** What became of the events of a request. */
export interface Taken {
  readonly accepted: number;
  /** Those whose id was taken before. */
  readonly duplicates: number;
}

interface Waiting {
  readonly events: readonly SentEvent[];
  readonly client: string;
  resolve(taken: Taken): void;
  reject(error: unknown): void;
}

/**
 * Takes events to the log: those that wait together are written together. Settles once they are safe, an event that is there
 * already included.
 *
 * @param now Unix seconds
 * @param logged called when the log has grown
 */
export function intake(
  log: EventLog,
  seen: SeenIds,
  bounds: Influence,
  now: () => number,
  logged: () => void,
): (events: readonly SentEvent[], client: string) => Promise<Taken> {
  let waiting: Waiting[] = [];
  let writing = false;

  const write = async (group: readonly Waiting[]): Promise<void> => {
    const ids = new Set<string>();
    const fresh: LoggedEvent[] = [];
    const taken = group.map(({ events, client }): Taken => {
      let accepted = 0;
      for (const event of events) {
        const { id } = event;
        if (id !== undefined && (ids.has(id) || seen.has(id))) continue;
        if (id !== undefined) ids.add(id);
        accepted++;
        const found = bounds.judge(event, client);
        const counts = found === 'counts';
        fresh.push({
          ...event,
          counts,
          ...(found === 'over' ? { over: true } : {}),
          ...(counts && event.after ? { after: bounds.pairs(event, client) } : {}),
        });
      }
      return { accepted, duplicates: events.length - accepted };
    });
    await log.append(fresh);
    for (const id of ids) seen.add(id, now());
    if (fresh.length > 0) logged();
    group.forEach(({ resolve }, k) => resolve(taken[k]!));
  };

  const writeAll = async (): Promise<void> => {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await write(group).catch((error: unknown) => group.forEach(({ reject }) => reject(error)));
    }
    writing = false;
  };

  return (events, client) =>
    new Promise((resolve, reject) => {
      waiting.push({ events, client, resolve, reject });
      void writeAll();
    });
}
