import { UNCACHED } from './uncached.ts';

/** What a service answers before it has opened its store. */
export function starting(request: Request): Response {
  if (new URL(request.url).pathname === '/livez') return Response.json({ ok: true }, { headers: UNCACHED });
  return Response.json(
    { error: 'found the service starting, wanted it ready, try again' },
    { status: 503, headers: { ...UNCACHED, 'Retry-After': '1' } },
  );
}
