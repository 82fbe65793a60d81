import type { TrackedEvent } from '../types.ts';
import type { Network } from './network.ts';

/** Sends what the shopper does to the metadata service, in batches; what cannot be sent is dropped. */
export interface EventSender {
  /** @param time Unix seconds */
  add(events: readonly TrackedEvent[], time: number): void;
  /** Sends what is left. */
  close(): void;
}

/** Milliseconds that events gather before they are sent; leaving the page sends them at once. */
const PAUSE = 5000;
/** Events of one request, the most that the service takes. */
const BATCH = 200;

/** @param url of the service's `/v1/events` */
export function eventSender(url: string, network: Network): EventSender {
  // Names this visit of the page, not the shopper.
  const session = crypto.randomUUID();
  let waiting: object[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const events = waiting.splice(0, BATCH);
    if (events.length === 0 || network.offline()) return;
    // A beacon outlives the page; as plain text it needs no preflight.
    navigator.sendBeacon(url, JSON.stringify({ events }));
    if (waiting.length > 0) flush();
  };
  const leave = (): void => {
    if (document.visibilityState === 'hidden') flush();
  };
  document.addEventListener('visibilitychange', leave);

  return {
    add(events, time) {
      for (const { item, kind, quantity } of events) {
        const id = typeof item === 'string' ? item : item.id;
        waiting.push({ time, item: id, kind, session, ...(quantity === undefined ? {} : { quantity }) });
      }
      waiting = waiting.slice(-BATCH);
      timer ??= setTimeout(flush, PAUSE);
    },
    close() {
      flush();
      document.removeEventListener('visibilitychange', leave);
    },
  };
}
