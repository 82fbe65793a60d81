import { PACKED_PAGE } from '@evershelf/model';
import { type Described, IDS, PAGE, ref, REVISION, SCHEMAS } from './schemas.ts';

const header = (description: string, pattern: string): Described => ({
  description,
  required: true,
  schema: { type: 'string', pattern },
});
const CACHED = {
  ETag: header('Strong: made of the bytes of the answer and their coding.', '^"[^"]+"$'),
  'Cache-Control': header(
    'How long caches may answer with it.',
    '^((public|private), max-age=\\d+|no-store)',
  ),
  Vary: header(
    'Each coding is an answer of its own, and a packed page is one.',
    '^(Accept, )?Accept-Encoding(, Origin)?$',
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
  403: 'A service without a token for this, a token that may less, or a page of an origin that is not listed.',
  404: 'A page that the shop does not have.',
  413: 'A body that is too long.',
  414: 'An address that is too long.',
  415: 'A body that is compressed.',
  429: 'Too much from one address, or with one token; Retry-After says when to send again.',
  431: 'Too many headers.',
  500: 'An error of the service itself; its log says why.',
  503: 'A service that is starting or ending, whose store does not answer, or whose disk does not take what is written.',
};
const errors = (...statuses: readonly number[]): Described =>
  Object.fromEntries(
    [400, ...statuses, 414, 429, 431, 500, 503].map((status) => [
      status,
      json(ERRORS[status]!, 'Error', UNCACHED),
    ]),
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

/** A token is wanted only of a service that was told so (`--private-reads`). */
const FOR_READERS: readonly object[] = [{}, { token: [] }];

const read = (
  operationId: string,
  summary: string,
  answer: Described,
  parameters: readonly Described[],
  ...statuses: readonly number[]
): Described => ({
  operationId,
  summary,
  security: FOR_READERS,
  parameters: [...parameters, TO_KNOWN],
  responses: {
    200: { description: summary, headers: CACHED, content: answer },
    304: { description: 'What the client has is what there is.', headers: CACHED },
    ...errors(401, 403, ...statuses),
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
  responses: { 200: json(summary, answered), ...errors(401, 403, 413, 415) },
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
        security: FOR_READERS,
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
          ...errors(401, 403),
        },
      },
    },
    '/v1/events': {
      post: {
        operationId: 'takeEvents',
        summary: 'Takes events of shoppers; bad ones are left out.',
        requestBody: body('EventsBody', ['application/json', 'text/plain']),
        responses: { 202: json('How many were taken.', 'EventsAnswer'), ...errors(403, 413, 415) },
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
        security: FOR_READERS,
        responses: { 200: json('Its revision and size.', 'Health', UNCACHED), ...errors(401, 403) },
      },
    },
    '/metrics': {
      get: {
        operationId: 'readMetrics',
        summary: 'Figures for Prometheus.',
        security: FOR_READERS,
        responses: {
          200: {
            description: 'Lines of text.',
            headers: UNCACHED,
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
          ...errors(401, 403, 404),
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
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        description:
          'Writes want one that may write; reads, where they want any, one that may read or write.',
      },
    },
  },
};
