import type { Context } from 'hono';

/** Answers with a JSON text under an ETag, or with 304 and nothing where the client has that already. */
export async function unlessKnown(
  c: Context,
  tag: string,
  cacheControl: string,
  answer: () => string | Promise<string>,
): Promise<Response> {
  const etag = `W/"${tag}"`;
  c.header('ETag', etag);
  c.header('Cache-Control', cacheControl);
  const known = c.req.header('if-none-match') ?? '';
  if (known.trim() === '*' || known.match(/"[^"]*"/g)?.includes(`"${tag}"`) === true) {
    c.header('Vary', 'Accept-Encoding');
    return c.body(null, 304);
  }
  return c.body(await answer(), 200, { 'Content-Type': 'application/json' });
}
