import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Variables } from './Variables.ts';

/** Answers with JSON that is not compressed, and says how long it is. */
export function json(
  c: Context,
  value: object,
  status: ContentfulStatusCode = 200,
  headers: Record<string, string> = {},
): Response {
  const text = JSON.stringify(value);
  return c.body(text, status, {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(text)),
    ...(c.get('shared') as Variables['shared']),
    ...headers,
  });
}
