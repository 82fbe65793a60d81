import { ID_LENGTH, KEPT_PAIRS, LIVE_HALF_LIVES, MAX_PAIRS, PAIR_WINDOW } from '@evershelf/model';
import { MOST_POSITION } from '../events/checkEvent.ts';
import { MOST_COUNT } from './checkSeeds.ts';

/** A description of requests and answers, as far as the document goes: plain JSON. */
export type Described = { readonly [name: string]: unknown };

export const ref = (name: string): Described => ({ $ref: `#/components/schemas/${name}` });
const text = (minLength: number, maxLength: number): Described => ({
  type: 'string',
  minLength,
  maxLength,
});
const list = (items: Described, more: Described = {}): Described => ({ type: 'array', items, ...more });
const object = (properties: Described, required: readonly string[] = Object.keys(properties)): Described => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const nullable = (schema: Described): Described => ({ anyOf: [schema, { type: 'null' }] });

const ID = text(1, ID_LENGTH);
export const IDS = list({ type: 'string', minLength: 1 }, { minItems: 1, maxItems: 100 });
const COUNT = { type: 'integer', minimum: 0 };
export const REVISION = { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 };
export const PAGE = { type: 'integer', minimum: 0, maximum: 65_535 };
const LIVE = list(
  { type: 'integer', minimum: 0, maximum: 255 },
  { minItems: LIVE_HALF_LIVES.length, maxItems: LIVE_HALF_LIVES.length },
);
const PAIR = {
  type: 'array',
  prefixItems: [ID, { type: 'number', exclusiveMinimum: 0, maximum: MOST_COUNT }],
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
  propertyNames: { not: { enum: [...Object.getOwnPropertyNames(Object.prototype), 'prototype'] } },
  maxProperties: 64,
});
const bad = (more: Described): Described => ({
  type: 'object',
  properties: { at: COUNT, message: { type: 'string' }, ...more },
  required: ['at', 'message'],
  additionalProperties: false,
});

/** What requests and answers hold, by name. */
export const SCHEMAS = {
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
        shelf: nullable({ ...ID, description: 'The shelf that showed the item.' }),
        position: nullable({ type: 'integer', minimum: 1, maximum: MOST_POSITION }),
        model: nullable({ ...ID, description: 'Id of the artifact that ranked.' }),
        propensity: nullable({
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 1,
          description:
            'Probability, over the random choices of the experiment, that the item is on the shelf.',
        }),
        experiment: nullable(ID),
        variant: nullable(ID),
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
      over: { ...COUNT, description: 'Impressions and clicks left out, as the client sent too many.' },
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
