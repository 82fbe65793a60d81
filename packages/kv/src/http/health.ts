import { Hono } from 'hono';
import type { Shop } from '../shop/openShop.ts';
import { json } from './json.ts';
import { RequestError } from './RequestError.ts';
import { UNCACHED } from './uncached.ts';

/** A store that has not answered after so many milliseconds is none to read from. */
const PATIENCE = 1000;

export interface HealthParts {
  readonly shop: Shop;
  /** Asks the store for anything. */
  readonly ping: () => Promise<unknown>;
  /** True once the service takes its leave. */
  readonly draining: () => boolean;
  /** Told why the store failed. */
  readonly report: (error: unknown) => void;
}

/**
 * What an orchestrator asks: `/livez`, whether the process answers, or else is started anew; `/readyz`, whether requests should be
 * sent here; `/healthz`, where the shop stands.
 */
export function health({ shop, ping, draining, report }: HealthParts): Hono {
  return new Hono()
    .get('/livez', (c) => json(c, { ok: true }, 200, UNCACHED))
    .get('/readyz', async (c) => {
      if (draining())
        throw new RequestError(503, 'found the service ending, wanted one that goes on, ask another');
      const failed = await troubleOf(ping, report);
      if (failed !== undefined) throw new RequestError(503, failed);
      return json(c, { ok: true }, 200, UNCACHED);
    })
    .get('/healthz', (c) =>
      json(c, { ok: true, revision: shop.revision(), items: shop.size() }, 200, UNCACHED),
    );
}

async function troubleOf(
  ping: () => Promise<unknown>,
  report: (error: unknown) => void,
): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(
      () => resolve(`found no answer of the store within ${PATIENCE} ms, wanted one, try again`),
      PATIENCE,
    );
  });
  const asked = ping().then(
    () => undefined,
    (error: unknown) => {
      report(error);
      return 'found a store that fails, wanted one that answers, the log says why';
    },
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
