import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { ChangesAnswer } from '@evershelf/model';
import type { Shop } from '../shop/openShop.ts';
import type { Metrics } from './metrics.ts';
import { wholeNumber } from './wholeNumber.ts';

/** Milliseconds of silence after which a line is sent: what lies between closes what is silent. */
const HEARTBEAT = 20_000;
/** Milliseconds after which a browser comes back where its stream has ended. */
const RETRY = 1000;

/**
 * The stream of changes, as server-sent events. Each names the pages on which an item was put or deleted since the one before, and
 * has the revision as its id, so that a stream which comes back goes on where it was. Who reads slowly is told less often, and
 * nothing less.
 *
 * @param closing ends all streams
 */
export function stream(shop: Shop, closing: AbortSignal, { streams }: Pick<Metrics, 'streams'>): Hono {
  let latest: { readonly since: number; readonly news: ChangesAnswer; readonly data: string } | undefined;
  /** Nearly all streams have heard the same: what came since is worked out once for them. */
  const newsSince = (since: number): NonNullable<typeof latest> => {
    if (latest?.since !== since || latest.news.revision !== shop.revision()) {
      const news = shop.changes(since);
      latest = { since, news, data: JSON.stringify(news) };
    }
    return latest;
  };
  return new Hono().get('/changes/stream', async (c) => {
    const since = wholeNumber(c.req.header('last-event-id') ?? c.req.query('since') ?? '0', 'since');
    await shop.reach(since);
    // nginx collects an answer unless it is told not to.
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (events) => {
      let wake = (): void => {};
      const woken = (): Promise<boolean> =>
        new Promise((resolve) => {
          if (closing.aborted || events.aborted) return resolve(true);
          const timer = setTimeout(() => resolve(false), HEARTBEAT);
          wake = () => {
            clearTimeout(timer);
            resolve(true);
          };
        });
      const unwatch = shop.watch(() => wake());
      const end = (): void => wake();
      events.onAbort(end);
      closing.addEventListener('abort', end);
      streams.inc();
      try {
        await events.write(`retry: ${RETRY}\n\n`);
        let told: number | undefined;
        while (!closing.aborted && !events.aborted) {
          const { news, data } = newsSince(told ?? since);
          if (told === undefined || news.changed.length > 0)
            await events.writeSSE({ id: String(news.revision), data });
          told = news.revision;
          if (shop.revision() === told && !(await woken())) await events.write(':\n\n');
        }
      } finally {
        streams.dec();
        wake();
        unwatch();
        closing.removeEventListener('abort', end);
      }
    });
  });
}
