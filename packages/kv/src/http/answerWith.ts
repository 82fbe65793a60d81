import type { Context } from 'hono';
import { codingOf } from './codingOf.ts';
import type { Representation } from './representation.ts';

/** Answers in a coding that the client takes, under a strong ETag, or with 304 and nothing where the client has that already. */
export async function answerWith(
  c: Context,
  answer: Representation,
  cacheControl: string,
): Promise<Response> {
  const coding = codingOf(c.req.header('accept-encoding'), answer.codings, answer.size);
  const etag = answer.etag(coding);
  c.header('ETag', etag);
  c.header('Cache-Control', cacheControl);
  c.header('Vary', 'Accept-Encoding');
  const known = c.req.header('if-none-match') ?? '';
  if (known.trim() === '*' || known.match(/"[^"]*"/g)?.includes(etag) === true) return c.body(null, 304);
  const bytes = await answer.bytes(coding);
  c.header('Content-Type', answer.type);
  c.header('Content-Length', String(bytes.length));
  if (coding !== 'identity') c.header('Content-Encoding', coding);
  return c.body(bytes as Uint8Array<ArrayBuffer>);
}
