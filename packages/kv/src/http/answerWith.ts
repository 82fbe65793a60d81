import type { Context } from 'hono';
import { ANY_ORIGIN } from './origins.ts';
import { codingOf } from './codingOf.ts';
import type { Representation } from './representation.ts';
import type { Variables } from './Variables.ts';
import { sends } from './watched.ts';

/**
 * Answers in a coding that the client takes, under a strong ETag, or with 304 and nothing where the client has that already.
 *
 * @param cacheControl for any cache; that of one client alone may keep what only those with a token are told
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
  const { shared = ANY_ORIGIN, grant } = c.var as Variables;
  const more = shared['Vary'];
  const headers: Record<string, string> = {
    ...shared,
    ETag: etag,
    'Cache-Control': grant === undefined ? cacheControl : cacheControl.replace(/^public\b/, 'private'),
    Vary: more === undefined ? vary : `${vary}, ${more}`,
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
