import type { MiddlewareHandler } from 'hono';

/** What a page of another origin may do, for a day. */
export const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET,HEAD,PUT,POST,DELETE',
  'Access-Control-Allow-Headers': 'If-None-Match,Content-Type,Authorization',
  'Access-Control-Max-Age': '86400',
};

/** Lets pages of any origin read an answer. */
export const ANY_ORIGIN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag',
};

/** Lets pages of any origin read the answers. Headers that are set beforehand go out with the answer; those set after it make a new one. */
export const anyOrigin: MiddlewareHandler = async (c, next) => {
  for (const [name, value] of Object.entries(ANY_ORIGIN)) c.header(name, value);
  await next();
};
