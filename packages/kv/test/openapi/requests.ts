import * as fc from 'fast-check';
import { arbitraryOf } from './arbitraryOf.ts';
import type { Operation, Parameter } from './operations.ts';

/** A request, as it is sent. */
export interface Sent {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

/** Requests whose parts the document allows. */
export function allowed({ path, parameters, requestBody }: Operation): fc.Arbitrary<Sent> {
  const values = fc.record(
    Object.fromEntries(parameters.map(({ name, schema }) => [name, arbitraryOf(schema)])),
    { requiredKeys: parameters.filter((each) => each.in === 'path').map(({ name }) => name) },
  );
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
  const bodies = schema === undefined ? fc.constant(undefined) : arbitraryOf(schema);
  return fc.tuple(values, bodies).map(([given, body]) => ({
    ...address(path, parameters, path === '/v1/items' ? { ids: ['a'], ...given } : given),
    body: body === undefined ? undefined : JSON.stringify(sensible(body as Body)),
  }));
}

type Body = Readonly<Record<string, unknown>>;

/** What the document says of a batch in words alone: seeds are of its own items, and a pair names each other id once. */
function sensible(body: Body): Body {
  const ids = Array.isArray(body['items']) ? (body['items'] as { id: string }[]).map(({ id }) => id) : [];
  const own = (seeds: unknown, each: (seed: unknown) => unknown): unknown =>
    seeds && Object.fromEntries(Object.values(seeds).map((seed, i) => [ids[i % ids.length], each(seed)]));
  if (ids.length === 0) return body;
  return {
    ...body,
    live: own(body['live'], (seed) => seed),
    pairs: own(body['pairs'], (seed) => [...new Map(seed as [string, number][])]),
  };
}

/** Requests with anything at all in their parts. */
export function anything({ path, parameters, requestBody }: Operation): fc.Arbitrary<Sent> {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(...'0123456789-.,%/'), fc.string({ unit: 'binary' })),
  });
  // Clients take these for ways up and down.
  const part = text.filter((each) => !['', '.', '..'].includes(each));
  const values = fc.record(
    Object.fromEntries(parameters.map((each) => [each.name, each.in === 'path' ? part : text])),
  );
  const json = fc.jsonValue();
  const bodies = fc.oneof(
    text,
    fc.json(),
    fc.oneof(json, fc.array(json)).map((list) => JSON.stringify({ items: list, ids: list, events: list })),
    fc.tuple(json, json).map(([live, pairs]) => JSON.stringify({ items: [{ id: 'a' }], live, pairs })),
  );
  return fc.tuple(values, bodies).map(([given, body]) => ({
    ...address(path, parameters, given),
    body: requestBody && body,
  }));
}

function address(
  path: string,
  parameters: readonly Parameter[],
  given: Readonly<Record<string, unknown>>,
): Pick<Sent, 'path' | 'headers'> {
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  let named = path;
  for (const { name, in: place, explode = true } of parameters) {
    const value = given[name];
    if (value === undefined) continue;
    if (place === 'path') named = named.replace(`{${name}}`, () => encodeURIComponent(String(value)));
    else if (place === 'header') headers[name] = encodeURIComponent(String(value));
    else if (!Array.isArray(value)) query.set(name, String(value));
    else for (const each of explode ? value : [value.join(',')]) query.append(name, String(each));
  }
  return { path: query.size === 0 ? named : `${named}?${query}`, headers };
}
