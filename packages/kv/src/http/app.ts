import { Hono, type MiddlewareHandler } from 'hono';
import { DiskError } from '../DiskError.ts';
import type { EventLimits } from '../events/EventLimits.ts';
import { ServiceError } from '../ServiceError.ts';
import type { Shop } from '../shop/openShop.ts';
import { answerWith } from './answerWith.ts';
import { bounded } from './bounded.ts';
import type { Connection } from './clientOf.ts';
import { events, type EventsParts } from './events.ts';
import { health, type HealthParts } from './health.ts';
import type { Metrics } from './metrics.ts';
import { noSuchCall } from './noSuchCall.ts';
import { onlyWith } from './onlyWith.ts';
import { openapi } from './openapi.ts';
import { origins } from './origins.ts';
import { reads } from './reads.ts';
import { representation, SMALLEST } from './representation.ts';
import type { RequestLimits } from './RequestLimits.ts';
import { stream, type StreamParts } from './stream.ts';
import { UNCACHED } from './uncached.ts';
import { type Answered, watched } from './watched.ts';
import { json } from './json.ts';
import { RequestError } from './RequestError.ts';
import type { Variables } from './Variables.ts';
import { writes, type WritesParts } from './writes.ts';

export interface AppParts extends HealthParts, EventsParts, StreamParts, WritesParts {
  readonly shop: Shop;
  readonly metrics: Metrics;
  readonly limits: EventLimits & RequestLimits;
  readonly tell: (answered: Answered) => void;
  /** Whether who reads needs a token too. */
  readonly privateReads: boolean;
  /** The origins whose pages may ask, all where it is undefined. */
  readonly origins: readonly string[] | undefined;
}

const DOCUMENT_CACHE = 'public, max-age=3600';

/** The service's routes. */
export function app(parts: AppParts): Hono<{ Bindings: Connection; Variables: Variables }> {
  const { shop, report, metrics, tell, limits, clientHeader, now, grants, privateReads } = parts;
  const { registry } = metrics;
  const readers = onlyWith(grants, 'read');
  const toReaders: MiddlewareHandler<{ Variables: Variables }> = (c, next) =>
    privateReads && (c.req.method === 'GET' || c.req.method === 'HEAD') ? readers(c, next) : next();
  const document = representation(JSON.stringify(openapi), SMALLEST);
  return new Hono<{ Bindings: Connection; Variables: Variables }>()
    .use(watched(tell))
    .use(bounded(limits, clientHeader, now))
    .use('/v1/*', origins(parts.origins))
    .use('/v1/*', toReaders)
    .use('/healthz', toReaders)
    .use('/metrics', toReaders)
    .route('/v1', reads(shop))
    .route('/v1', stream(parts))
    .route('/v1', writes(parts))
    .route('/v1', events(parts))
    .route('/', health(parts))
    .get('/openapi.json', (c) => answerWith(c, document, DOCUMENT_CACHE))
    .get('/metrics', async (c) => {
      if (registry === undefined) return c.notFound();
      const text = await registry.metrics();
      return c.body(text, 200, {
        ...UNCACHED,
        'Content-Type': registry.contentType,
        'Content-Length': String(Buffer.byteLength(text)),
      });
    })
    .notFound(noSuchCall)
    .onError((error, c) => {
      c.header('Cache-Control', UNCACHED['Cache-Control']);
      if (error instanceof RequestError)
        return json(c, { error: error.message, ...error.details }, error.status);
      report(error);
      if (error instanceof DiskError) return json(c, { error: error.message }, 503);
      if (error instanceof ServiceError)
        return json(c, { error: 'found a store that does not answer, wanted one that does, try again' }, 503);
      return json(c, { error: 'found an error of the service itself, wanted an answer, try again' }, 500);
    });
}
