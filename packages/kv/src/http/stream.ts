import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { ChangesAnswer } from '@evershelf/model';
import type { Grants } from '../access/grants.ts';
import type { Shop } from '../shop/openShop.ts';
import { clientOf, type Connection } from './clientOf.ts';
import type { Metrics } from './metrics.ts';
import { RequestError } from './RequestError.ts';
import type { RequestLimits } from './RequestLimits.ts';
import type { Variables } from './Variables.ts';
import { wholeNumber } from './wholeNumber.ts';

/** Milliseconds of silence after which a line is sent: what lies between closes what is silent. */
const HEARTBEAT = 20_000;
/** Milliseconds after which a browser comes back where its stream has ended. */
const RETRY = 1000;
/** Seconds after which who was refused a stream may ask again. */
const RETRY_REFUSED = 60;

export interface StreamParts {
  readonly shop: Shop;
  /** Ends all streams. */
  readonly closing: AbortSignal;
  readonly grants: Grants;
  readonly limits: Pick<RequestLimits, 'streams' | 'streamsPerClient'>;
  /** Header that says who sent a request, set by a proxy in front. */
  readonly clientHeader: string | undefined;
  readonly metrics: Pick<Metrics, 'streams'>;
  /** Told of errors that nobody is answered. */
  readonly report: (error: unknown) => void;
}

/**
 * The stream of changes, as server-sent events. Each names the pages on which an item was put or deleted since the one before, and
 * has the revision as its id, so that a stream which comes back goes on where it was. Who reads slowly is told less often, and
 * nothing less.
 */
export function stream(parts: StreamParts): Hono<{ Bindings: Connection; Variables: Variables }> {
  const { shop, closing, grants, limits, clientHeader, metrics, report } = parts;
  const open = openStreams(limits);
  let latest: { readonly since: number; readonly news: ChangesAnswer; readonly data: string } | undefined;
  /** Nearly all streams have heard the same: what came since is worked out once for them. */
  const newsSince = (since: number): NonNullable<typeof latest> => {
    if (latest?.since !== since || latest.news.revision !== shop.revision()) {
      const news = shop.changes(since);
      latest = { since, news, data: JSON.stringify(news) };
    }
    return latest;
  };
  return new Hono<{ Bindings: Connection; Variables: Variables }>().get('/changes/stream', async (c) => {
    const since = wholeNumber(c.req.header('last-event-id') ?? c.req.query('since') ?? '0', 'since');
    await shop.reach(since);
    for (const [name, value] of Object.entries(c.var.shared ?? {})) c.header(name, value);
    // Nobody reads the answer to a HEAD, so that its stream would never end.
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' });
    const client = clientOf(c, clientHeader);
    open.take(c, client);
    const { grant } = c.var;
    const isOver = (): boolean => closing.aborted || (grant !== undefined && !grants.holds(grant));
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
      metrics.streams.inc();
      try {
        await events.write(`retry: ${RETRY}\n\n`);
        let told: number | undefined;
        while (!isOver() && !events.aborted) {
          const { news, data } = newsSince(told ?? since);
          if (told === undefined || news.changed.length > 0)
            await events.writeSSE({ id: String(news.revision), data });
          told = news.revision;
          if (shop.revision() === told && !(await woken())) await events.write(':\n\n');
        }
      } catch (error) {
        // What streams throw is else told to the client, and written where no log is.
        report(error);
      } finally {
        open.leave(client);
        metrics.streams.dec();
        wake();
        unwatch();
        closing.removeEventListener('abort', end);
      }
    });
  });
}

/** Counts the streams that are open, of each client and in all. */
function openStreams({ streams, streamsPerClient }: StreamParts['limits']): {
  /** @throws {RequestError} where they are too many */
  take(c: Context, client: string): void;
  leave(client: string): void;
} {
  const byClient = new Map<string, number>();
  let all = 0;
  const refuse = (c: Context, status: 429 | 503, message: string): never => {
    c.header('Retry-After', String(RETRY_REFUSED));
    throw new RequestError(status, message);
  };
  return {
    take(c, client) {
      const own = byClient.get(client) ?? 0;
      if (own >= streamsPerClient)
        refuse(
          c,
          429,
          `found ${own} streams from one address, wanted at most ${streamsPerClient}, close some`,
        );
      if (all >= streams)
        refuse(c, 503, `found ${all} streams, wanted at most ${streams}, ask /v1/changes instead`);
      byClient.set(client, own + 1);
      all++;
    },
    leave(client) {
      const left = byClient.get(client)! - 1;
      if (left === 0) byClient.delete(client);
      else byClient.set(client, left);
      all--;
    },
  };
}
