import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';

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

const sent = new WeakMap<Context, number>();

/** Says how many bytes the body of an answer has, where whoever makes it knows: to ask its headers costs more. */
export function sends(c: Context, bytes: number): void {
  sent.set(c, c.req.method === 'HEAD' ? 0 : bytes);
}

/** Tells of every request. */
export function watched(tell: (answered: Answered) => void): MiddlewareHandler {
  return async (c, next) => {
    const began = performance.now();
    await next();
    const route = routePath(c, -1);
    tell({
      method: c.req.method,
      route: route.includes('*') ? 'other' : route,
      status: c.res.status,
      seconds: (performance.now() - began) / 1000,
      bytes: sent.get(c) ?? bytesOf(c.req.method, c.res),
    });
  };
}

function bytesOf(method: string, { status, headers }: Response): number | undefined {
  if (method === 'HEAD' || status === 204 || status === 304) return 0;
  const length = headers.get('content-length');
  return length === null ? undefined : Number(length);
}
