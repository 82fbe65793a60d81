import { Hono } from 'hono';
import { answerWith } from './answerWith.ts';
import { anyOrigin, PREFLIGHT } from './anyOrigin.ts';
import type { Connection } from './clientOf.ts';
import { events, type EventsParts } from './events.ts';
import { health, type HealthParts } from './health.ts';
import { noSuchCall } from './noSuchCall.ts';
import { openapi } from './openapi.ts';
import { reads } from './reads.ts';
import { representation, SMALLEST } from './representation.ts';
import { stream } from './stream.ts';
import { UNCACHED } from './uncached.ts';
import { type Answered, watched } from './watched.ts';
import { json } from './json.ts';
import { RequestError } from './RequestError.ts';
import { writes } from './writes.ts';

export interface AppParts extends HealthParts, EventsParts {
  readonly token: string | undefined;
  readonly tell: (answered: Answered) => void;
  /** Ends the answers that have no end. */
  readonly closing: AbortSignal;
}

const DOCUMENT_CACHE = 'public, max-age=3600';

/** The service's routes. */
export function app(parts: AppParts): Hono<{ Bindings: Connection }> {
  const { shop, token, report, closing, metrics, tell } = parts;
  const { registry } = metrics;
  const document = representation(JSON.stringify(openapi), SMALLEST);
  return new Hono<{ Bindings: Connection }>()
    .use(watched(tell))
    .use('/v1/*', anyOrigin)
    .options('/v1/*', (c) => c.body(null, 204, PREFLIGHT))
    .route('/v1', reads(shop))
    .route('/v1', stream(shop, closing, metrics))
    .route('/v1', writes(shop, token, metrics))
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
      return json(c, { error: 'found an error of the service itself, wanted an answer, try again' }, 500);
    });
}
