import type { Context } from 'hono';
import { json } from './json.ts';
import { openapi } from './openapi.ts';
import { UNCACHED } from './uncached.ts';

const CALLS = Object.entries(openapi.paths).map(([path, methods]) => ({
  path: path.replace(/\{\w+\}/, 'N'),
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/, '[^/]+')}$`),
  methods: Object.keys(methods).map((method) => method.toUpperCase()),
}));

/** Answers a request that is no call of the service: 405 where its address has others. */
export function noSuchCall(c: Context): Response {
  const { method, path } = c.req;
  const methods = CALLS.find(({ pattern }) => pattern.test(path))?.methods ?? [method];
  if (!methods.includes(method))
    return json(c, { error: `found ${method} ${path}, wanted ${methods.join(' or ')}` }, 405, {
      ...UNCACHED,
      Allow: methods.join(', '),
    });
  const wanted = CALLS.map((call) => call.path).join(', ');
  return json(c, { error: `found ${method} ${path}, wanted one of ${wanted}` }, 404, UNCACHED);
}
