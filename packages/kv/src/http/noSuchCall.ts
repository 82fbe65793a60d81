import type { Context } from 'hono';
import { json } from './json.ts';
import { openapi } from './openapi.ts';
import { UNCACHED } from './uncached.ts';

const CALLS = Object.entries(openapi.paths).map(([path, methods]) => ({
  path: path.replace(/\{\w+\}/, 'N'),
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/, '[^/]+')}$`),
  methods: Object.keys(methods).map((method) => method.toUpperCase()),
}));

/** An address that is nearly a call; what else somebody tries is not repeated. */
const LIKELY = /^(\/v1)?\/[\w.-]{1,40}(\/\d{1,10})?$/;

/** Answers a request that is no call of the service: 405 where its address has others. */
export function noSuchCall(c: Context): Response {
  const { method, path } = c.req;
  const found = `${method} ${LIKELY.test(path) ? path : 'of an address that is none'}`;
  const methods = CALLS.find(({ pattern }) => pattern.test(path))?.methods ?? [method];
  if (!methods.includes(method))
    return json(c, { error: `found ${found}, wanted ${methods.join(' or ')}` }, 405, {
      ...UNCACHED,
      Allow: methods.join(', ').replace('GET', 'GET, HEAD'),
    });
  const wanted = CALLS.map((call) => call.path).join(', ');
  return json(c, { error: `found ${found}, wanted one of ${wanted}` }, 404, UNCACHED);
}
