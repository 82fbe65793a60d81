import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Variables } from './Variables.ts';

/** What is told of a request once its answer is made: never which item, nor by whom. */
export interface Answered {
  readonly method: string;
  /** The route as the service names it, `/v1/pages/:page`; `other` for addresses that it does not know. */
  readonly route: string;
  readonly status: number;
  /** From the request to the start of its answer. */
  readonly seconds: number;
  /** Of the body as it is sent; undefined where that has no end. */
  readonly bytes: number | undefined;
}

/** Tells of every request. */
export function watched(tell: (answered: Answered) => void): MiddlewareHandler<{ Variables: Variables }> {
  return async (c, next) => {
    const began = performance.now();
    await next();
    const route = routePath(c, -1);
    tell({
      method: c.req.method,
      route: route.includes('*') ? 'other' : route,
      status: c.res.status,
      seconds: (performance.now() - began) / 1000,
      bytes: bytesOf(c.req.method, c.res, c.get('bytes')),
    });
  };
}

function bytesOf(method: string, answer: Response, known: number | undefined): number | undefined {
  if (method === 'HEAD' || answer.status === 204 || answer.status === 304) return 0;
  if (known !== undefined) return known;
  const length = answer.headers.get('content-length');
  return length === null ? undefined : Number(length);
}
