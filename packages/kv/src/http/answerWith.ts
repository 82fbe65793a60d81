import type { Context } from 'hono';
import { ANY_ORIGIN } from './anyOrigin.ts';
import { codingOf } from './codingOf.ts';
import type { Representation } from './representation.ts';
import { sends } from './watched.ts';

/**
 * Answers in a coding that the client takes, under a strong ETag, or with 304 and nothing where the client has that already.
 *
 * @param vary the headers of a request that its answer hangs on
 */
export async function answerWith(
  c: Context,
  answer: Representation,
  cacheControl: string,
  vary = 'Accept-Encoding',
): Promise<Response> {
  const coding = codingOf(c.req.header('accept-encoding'), answer.codings, answer.size);
  const etag = answer.etag(coding);
  const headers: Record<string, string> = {
    ...ANY_ORIGIN,
    ETag: etag,
    'Cache-Control': cacheControl,
    Vary: vary,
  };
  const known = c.req.header('if-none-match') ?? '';
  if (known.trim() === '*' || known.match(/"[^"]*"/g)?.includes(etag) === true) {
    sends(c, 0);
    return new Response(null, { status: 304, headers });
  }
  const bytes = await answer.bytes(coding);
  headers['Content-Type'] = answer.type;
  headers['Content-Length'] = String(bytes.length);
  if (coding !== 'identity') headers['Content-Encoding'] = coding;
  sends(c, bytes.length);
  // Headers that are set on the context become an object of the platform's, which costs more than all the rest.
  return new Response(bytes as Uint8Array<ArrayBuffer>, { headers });
}
