import type { Context } from 'hono';
import { ANY_ORIGIN } from './origins.ts';
import { codingOf } from './codingOf.ts';
import type { Representation } from './representation.ts';
import type { Variables } from './Variables.ts';

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
  const shared = (c.get('shared') as Variables['shared']) ?? ANY_ORIGIN;
  const more = shared['Vary'];
  // What V8 spreads first it gives a hidden class of its own each time: a kilobyte of garbage that outlives its request.
  const headers: Record<string, string> = {
    ETag: etag,
    'Cache-Control':
      c.get('grant') === undefined ? cacheControl : cacheControl.replace(/^public\b/, 'private'),
    ...shared,
  };
  headers['Vary'] = more === undefined ? vary : `${vary}, ${more}`;
  const known = c.req.header('if-none-match') ?? '';
  if (known.trim() === '*' || known.match(/"[^"]*"/g)?.includes(etag) === true)
    return new Response(null, { status: 304, headers });
  const bytes = await answer.bytes(coding);
  headers['Content-Type'] = answer.type;
  headers['Content-Length'] = String(bytes.length);
  if (coding !== 'identity') headers['Content-Encoding'] = coding;
  c.set('bytes', bytes.length);
  // Headers that are set on the context become an object of the platform's, which costs more than all the rest.
  return new Response(bytes as Uint8Array<ArrayBuffer>, { headers });
}
