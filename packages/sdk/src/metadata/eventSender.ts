import { type EarlierItem, placedOf } from '@evershelf/model';
import type { TrackedEvent } from '../types.ts';
import type { Network } from './network.ts';
import { randomName } from './randomName.ts';

/** Sends what the shopper does to the metadata service, in batches; what cannot be sent is dropped. */
export interface EventSender {
  /**
   * @param before what the session took before each of them
   * @param time Unix seconds
   */
  add(events: readonly TrackedEvent[], before: readonly (readonly EarlierItem[])[], time: number): void;
  /** Sends what is left. */
  close(): void;
}

/** Milliseconds that events gather before they are sent; leaving the page sends them at once. */
const PAUSE = 5000;
/** Events and bytes of one request, the most that the service and a beacon take. */
const BATCH = 200;
const MOST_BYTES = 64_000;

/**
 * @param url of the service's `/v1/events`
 * @param visitAt names the visit of an event by its time
 * @param may whether events may be sent, as of now
 */
export function eventSender(
  url: string,
  network: Network,
  visitAt: (time: number) => string,
  may: () => boolean,
): EventSender {
  // The service takes each id once: a beacon that arrives twice counts once.
  const page = randomName();
  let sent = 0;
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!may()) waiting = [];
    let bytes = 0;
    const fit = waiting.findIndex((event) => (bytes += sizeOf(event)) > MOST_BYTES);
    const events = waiting.splice(0, fit < 0 ? BATCH : fit);
    // What a page that is left had asked for fails before it is told so: the network may be there all the same.
    if (events.length === 0 || network.off()) return;
    // A beacon outlives the page; as plain text it needs no preflight. One is refused while others of 64 KiB are under way.
    if (navigator.sendBeacon(url, `{"events":[${events.join(',')}]}`)) {
      if (waiting.length > 0) flush();
    } else if (!closed) {
      waiting.unshift(...events);
      timer = setTimeout(flush, PAUSE);
    }
  };
  const leave = (): void => {
    if (document.visibilityState === 'hidden') flush();
  };
  document.addEventListener('visibilitychange', leave);

  return {
    add(events, before, time) {
      if (!may()) return;
      const session = visitAt(time);
      events.forEach((event, k) => {
        const { item, kind, quantity } = event;
        const id = `${page}${sent++}`;
        const after = before[k]!.length > 0 ? before[k] : undefined;
        waiting.push(
          JSON.stringify({
            id,
            time,
            item: typeof item === 'string' ? item : item.id,
            kind,
            session,
            quantity,
            after,
            ...placedOf(event),
          }),
        );
      });
      if (waiting.length > BATCH) flush();
      // What beacons do not take is no more than one of them.
      waiting = waiting.slice(-BATCH);
      timer ??= setTimeout(flush, PAUSE);
    },
    close() {
      closed = true;
      flush();
      document.removeEventListener('visibilitychange', leave);
    },
  };
}

/** Bytes of a text and of a comma behind it. */
function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length + 1;
}
