import { Hono } from 'hono';
import type { ShopEvent } from '@evershelf/model';
import { anyOrigin, PREFLIGHT } from './anyOrigin.ts';
import type { Shop } from '../shop/openShop.ts';
import { events } from './events.ts';
import { metrics } from './metrics.ts';
import { reads } from './reads.ts';
import { stream } from './stream.ts';
import { RequestError } from './RequestError.ts';
import { writes } from './writes.ts';

export interface AppParts {
  readonly shop: Shop;
  readonly token: string | undefined;
  readonly now: () => number;
  readonly take: (events: readonly ShopEvent[]) => Promise<void>;
  /** Told about errors that are the service's own. */
  readonly report: (error: unknown) => void;
  /** Ends the answers that have no end. */
  readonly closing: AbortSignal;
}

/** For what is true at this moment only, and for errors: no cache between may answer with it later. */
const UNCACHED = { 'Cache-Control': 'no-store' };

/** The service's routes. */
export function app({ shop, token, now, take, report, closing }: AppParts): Hono {
  const measured = metrics(shop);
  return new Hono()
    .use(measured.watch)
    .use('/v1/*', anyOrigin)
    .options('/v1/*', (c) => c.body(null, 204, PREFLIGHT))
    .route('/v1', reads(shop))
    .route('/v1', stream(shop, closing))
    .route('/v1', writes(shop, token, measured))
    .route('/v1', events(take, now, measured))
    .get('/healthz', (c) =>
      c.json({ ok: true, revision: shop.revision(), items: shop.size() }, 200, UNCACHED),
    )
    .get('/metrics', async (c) =>
      c.text(await measured.registry.metrics(), 200, {
        ...UNCACHED,
        'Content-Type': measured.registry.contentType,
      }),
    )
    .notFound((c) =>
      c.json(
        {
          error: `found ${c.req.method} ${c.req.path}, wanted /v1/items, /v1/pages/N, /v1/pairs/N, /v1/changes, /v1/changes/stream, /v1/events, /healthz or /metrics`,
        },
        404,
        UNCACHED,
      ),
    )
    .onError((error, c) => {
      c.header('Cache-Control', UNCACHED['Cache-Control']);
      if (error instanceof RequestError)
        return c.json({ error: error.message, ...error.details }, error.status);
      report(error);
      return c.json({ error: 'found an error of the service itself, wanted an answer, try again' }, 500);
    });
}
