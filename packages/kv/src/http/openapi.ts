import {
  ID_LENGTH,
  KEPT_PAIRS,
  LIVE_HALF_LIVES,
  MAX_PAIRS,
  PACKED_PAGE,
  PAIR_WINDOW,
} from '@evershelf/model';

/** A description of requests and answers, as far as the document goes: plain JSON. */
export type Described = { readonly [name: string]: unknown };

const ref = (name: string): Described => ({ $ref: `#/components/schemas/${name}` });
const text = (minLength: number, maxLength: number): Described => ({ type: 'string', minLength, maxLength });
const list = (items: Described, more: Described = {}): Described => ({ type: 'array', items, ...more });
const object = (properties: Described, required: readonly string[] = Object.keys(properties)): Described => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const nullable = (schema: Described): Described => ({ anyOf: [schema, { type: 'null' }] });

const ID = text(1, ID_LENGTH);
const IDS = list({ type: 'string', minLength: 1 }, { minItems: 1, maxItems: 100 });
const COUNT = { type: 'integer', minimum: 0 };
const REVISION = { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 };
const PAGE = { type: 'integer', minimum: 0, maximum: 65_535 };
const LIVE = list(
  { type: 'integer', minimum: 0, maximum: 255 },
  { minItems: LIVE_HALF_LIVES.length, maxItems: LIVE_HALF_LIVES.length },
);
const PAIR = {
  type: 'array',
  prefixItems: [ID, { type: 'number', exclusiveMinimum: 0 }],
  minItems: 2,
  maxItems: 2,
};
const ATTRIBUTE = {
  anyOf: [text(0, 4096), { type: 'number' }, { type: 'boolean' }, list(text(0, 4096), { maxItems: 256 })],
};
const CHANGES = {
  revision: REVISION,
  pages: { type: 'integer', minimum: 1, maximum: 65_536 },
  changed: list(PAGE),
  revisions: list(REVISION),
  live: REVISION,
};
/** Those of an item but its id: the values of others are ATTRIBUTE. */
const NAMED = {
  title: text(0, 4096),
  url: text(0, 4096),
  image: text(0, 4096),
  category: list({ ...text(1, 4096), pattern: '\\S' }, { minItems: 1, maxItems: 16 }),
  price: { type: 'number', minimum: 0 },
  inStock: { type: 'boolean' },
};
const item = (attribute: (schema: Described) => Described): Described => ({
  type: 'object',
  properties: {
    id: ID,
    ...Object.fromEntries(Object.entries(NAMED).map(([name, schema]) => [name, attribute(schema)])),
  },
  required: ['id'],
  additionalProperties: attribute(ATTRIBUTE),
  propertyNames: { not: { enum: ['__proto__', 'constructor', 'prototype'] } },
  maxProperties: 64,
});
const bad = (more: Described): Described => ({
  type: 'object',
  properties: { at: COUNT, message: { type: 'string' }, ...more },
  required: ['at', 'message'],
  additionalProperties: false,
});

const SCHEMAS = {
  Item: {
    ...item((schema) => schema),
    description:
      'An item of the shop: `id`, what the service knows by name, and any further attributes. Lengths count UTF-16 code units.',
  },
  SentItem: { ...item(nullable), description: 'An item; an attribute that is null counts as absent.' },
  StoredItem: object(
    {
      item: ref('Item'),
      revision: REVISION,
      live: {
        ...LIVE,
        description: 'Live counters, a byte for each half-life; absent while all are 0, and in pages.',
      },
    },
    ['item', 'revision'],
  ),
  ItemsAnswer: object({ items: list(ref('StoredItem')), missing: list({ type: 'string' }) }),
  PageAnswer: object({ page: PAGE, revision: REVISION, items: list(ref('StoredItem')) }),
  PairsAnswer: object({
    page: PAGE,
    items: list(object({ id: ID, pairs: list(PAIR, { minItems: 1, maxItems: MAX_PAIRS }) })),
  }),
  ChangesAnswer: {
    ...object({ ...CHANGES, stream: { const: true } }, Object.keys(CHANGES)),
    description:
      'The pages on which an item was put or deleted, each with its revision, in the order of `changed`; `live` is the revision at which any item was last counted, and `stream` says that there is a stream of changes.',
  },
  PutBody: {
    ...object(
      {
        items: list(ref('SentItem'), { minItems: 1, maxItems: 1000 }),
        live: nullable({
          type: 'object',
          additionalProperties: LIVE,
          description: 'What the live counters of items of the batch start from, by id.',
        }),
        pairs: nullable({
          type: 'object',
          additionalProperties: list(PAIR, { maxItems: KEPT_PAIRS }),
          description: 'What the pairs of items of the batch start from, by id; each other id once.',
        }),
      },
      ['items'],
    ),
    additionalProperties: true,
  },
  PutAnswer: object({ revision: REVISION, written: COUNT, unchanged: COUNT }),
  RemoveBody: {
    ...object({ ids: list({ type: 'string', minLength: 1 }, { minItems: 1, maxItems: 1000 }) }),
    additionalProperties: true,
  },
  RemoveAnswer: object({ revision: REVISION, deleted: COUNT }),
  Event: {
    ...object(
      {
        id: nullable({ ...text(1, 64), description: 'An event that is sent twice counts once.' }),
        time: nullable({ type: 'number', description: "Unix seconds; the service's where it is a day off." }),
        item: ID,
        kind: text(1, 64),
        quantity: nullable({ type: 'number', exclusiveMinimum: 0 }),
        session: nullable(ID),
        shopper: nullable(ID),
        after: nullable({
          ...list(
            {
              ...object({ item: ID, age: { type: 'integer', minimum: 0, maximum: PAIR_WINDOW } }),
              additionalProperties: true,
            },
            { maxItems: PAIR_WINDOW },
          ),
          description: 'What its session took before it, with the number of moments between.',
        }),
      },
      ['item', 'kind'],
    ),
    additionalProperties: true,
  },
  EventsBody: {
    ...object({ events: list(ref('Event'), { minItems: 1, maxItems: 200 }) }),
    additionalProperties: true,
  },
  EventsAnswer: object(
    {
      accepted: COUNT,
      duplicates: { ...COUNT, description: 'Of those accepted before.' },
      bots: { ...COUNT, description: 'Left out, as a robot sent them.' },
      refused: COUNT,
      events: list(bad({})),
    },
    ['accepted'],
  ),
  Ok: object({ ok: { const: true } }),
  Health: object({ ok: { const: true }, revision: REVISION, items: COUNT }),
  Error: {
    ...object(
      {
        error: { type: 'string', description: 'What was found, what was wanted, and what to do.' },
        items: list(bad({ id: { type: 'string' } })),
        refused: COUNT,
        events: list(bad({})),
      },
      ['error'],
    ),
    description: 'Bad items or events are named, the first five, by their place in the request.',
  },
};

const header = (description: string, pattern: string): Described => ({
  description,
  required: true,
  schema: { type: 'string', pattern },
});
const CACHED = {
  ETag: header('Strong: made of the bytes of the answer and their coding.', '^"[^"]+"$'),
  'Cache-Control': header('How long caches may answer with it.', '^(public, max-age=\\d+|no-store)'),
  Vary: header(
    'Each coding is an answer of its own, and a packed page is one.',
    '^(Accept, )?Accept-Encoding$',
  ),
};
const UNCACHED = { 'Cache-Control': header('No cache may answer with it.', '^no-store$') };

const asJson = (schema: string): Described => ({ 'application/json': { schema: ref(schema) } });
const json = (description: string, schema: string, headers?: Described): Described => ({
  description,
  ...(headers === undefined ? {} : { headers }),
  content: asJson(schema),
});

const ERRORS: Readonly<Record<number, string>> = {
  400: 'A request that makes no sense.',
  401: 'No token, or a wrong one.',
  403: 'A service without a token, which refuses writes.',
  404: 'A page that the shop does not have.',
  413: 'A body that is too long.',
  429: 'Too much from one address; Retry-After says when to send again.',
  500: 'An error of the service itself; its log says why.',
  503: 'A service that is starting or ending, or whose store does not answer.',
};
const errors = (...statuses: readonly number[]): Described =>
  Object.fromEntries(
    [...statuses, 500, 503].map((status) => [status, json(ERRORS[status]!, 'Error', UNCACHED)]),
  );

const query = (name: string, schema: Described, description: string, more: Described = {}): Described => ({
  name,
  in: 'query',
  description,
  schema,
  ...more,
});
const SINCE = query('since', REVISION, 'The revision that the client knows; 0, the default, for none.');
const AT_REVISION = query(
  'r',
  REVISION,
  'The revision that is known of: one address for all, until it changes.',
);
const PAGE_NUMBER = { name: 'page', in: 'path', required: true, schema: PAGE };
const TO_KNOWN = {
  name: 'If-None-Match',
  in: 'header',
  description: 'ETags of answers that the client has.',
  schema: { type: 'string' },
};

const read = (
  operationId: string,
  summary: string,
  answer: Described,
  parameters: readonly Described[],
  ...statuses: readonly number[]
): Described => ({
  operationId,
  summary,
  parameters: [...parameters, TO_KNOWN],
  responses: {
    200: { description: summary, headers: CACHED, content: answer },
    304: { description: 'What the client has is what there is.', headers: CACHED },
    ...errors(400, ...statuses),
  },
});
const body = (schema: string, types: readonly string[] = ['application/json']): Described => ({
  required: true,
  content: Object.fromEntries(types.map((type) => [type, { schema: ref(schema) }])),
});
const write = (operationId: string, summary: string, sent: string, answered: string): Described => ({
  operationId,
  summary,
  security: [{ token: [] }],
  requestBody: body(sent),
  responses: { 200: json(summary, answered), ...errors(400, 401, 403, 413) },
});

/** All calls of the service, as an OpenAPI 3.1 document; tests hold it against the answers. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'Evershelf metadata service',
    version: '1',
    description: 'What a shop knows about its items now, and what shoppers do.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  paths: {
    '/v1/items': {
      get: read('readItems', 'Items, and which ids the shop does not hold.', asJson('ItemsAnswer'), [
        query('ids', IDS, 'Up to 100 ids, with those of `id`; one at least.', {
          style: 'form',
          explode: false,
        }),
        query('id', IDS, 'Ids one by one, as those need that have a comma.'),
      ]),
      put: write('putItems', 'Writes items, as one revision.', 'PutBody', 'PutAnswer'),
      delete: write('removeItems', 'Deletes items, as one revision.', 'RemoveBody', 'RemoveAnswer'),
    },
    '/v1/pages/{page}': {
      get: read(
        'readPage',
        'All items whose hash falls in a page; packed in columns, as a browser reads them in place, where Accept names that type.',
        { ...asJson('PageAnswer'), [PACKED_PAGE]: { schema: { type: 'string', contentEncoding: 'binary' } } },
        [PAGE_NUMBER, AT_REVISION],
        404,
      ),
    },
    '/v1/live': {
      get: read(
        'readLive',
        'The live bytes of all pages: the revision of each (float64), how many items it has (uint32), then a byte for each half-life of each item in the order of its page; little-endian.',
        { 'application/octet-stream': { schema: { type: 'string', contentEncoding: 'binary' } } },
        [AT_REVISION],
      ),
    },
    '/v1/pairs/{page}': {
      get: read(
        'readPairs',
        'What is lately taken with each item of a page.',
        asJson('PairsAnswer'),
        [PAGE_NUMBER],
        404,
      ),
    },
    '/v1/changes': {
      get: read('readChanges', 'The pages that changed after a revision.', asJson('ChangesAnswer'), [SINCE]),
    },
    '/v1/changes/stream': {
      get: {
        operationId: 'streamChanges',
        summary: 'The pages on which items are put or deleted, as it happens.',
        parameters: [
          SINCE,
          { name: 'Last-Event-ID', in: 'header', schema: REVISION, description: 'Counts before `since`.' },
        ],
        responses: {
          200: {
            description:
              'Server-sent events: the data of each is a ChangesAnswer as JSON, its id the revision. A comment every 20 s where nothing happens.',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          ...errors(400),
        },
      },
    },
    '/v1/events': {
      post: {
        operationId: 'takeEvents',
        summary: 'Takes events of shoppers; bad ones are left out.',
        requestBody: body('EventsBody', ['application/json', 'text/plain']),
        responses: { 202: json('How many were taken.', 'EventsAnswer'), ...errors(400, 413, 429) },
      },
    },
    '/livez': {
      get: {
        operationId: 'isLive',
        summary: 'Whether the process answers.',
        responses: { 200: json('It does.', 'Ok', UNCACHED), ...errors() },
      },
    },
    '/readyz': {
      get: {
        operationId: 'isReady',
        summary: 'Whether requests should be sent here.',
        responses: { 200: json('They should.', 'Ok', UNCACHED), ...errors() },
      },
    },
    '/healthz': {
      get: {
        operationId: 'readHealth',
        summary: 'Where the shop stands.',
        responses: { 200: json('Its revision and size.', 'Health', UNCACHED), ...errors() },
      },
    },
    '/metrics': {
      get: {
        operationId: 'readMetrics',
        summary: 'Figures for Prometheus.',
        responses: {
          200: {
            description: 'Lines of text.',
            headers: UNCACHED,
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
          ...errors(404),
        },
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'readOpenapi',
        summary: 'This document.',
        responses: {
          200: {
            description: 'OpenAPI 3.1.',
            headers: CACHED,
            content: { 'application/json': { schema: { type: 'object' } } },
          },
          304: { description: 'What the client has is what there is.', headers: CACHED },
          ...errors(),
        },
      },
    },
  },
  components: {
    schemas: SCHEMAS,
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
  },
};
