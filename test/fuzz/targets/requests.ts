import * as fc from 'fast-check';
import { memoryStore, type Service, service } from '../../../packages/kv/src/handler.ts';
import { editedJson } from '../arbitraries.ts';
import type { OpenTarget } from '../Target.ts';
import { bytesOf, textOf } from '../texts.ts';

const NOW = 1_790_000_000;
/** Requests to one service. */
const ENOUGH = 1000;
const ITEMS = {
  items: [{ id: 'a', title: 'Tea', price: 2.5, category: ['Food'] }, { id: 'b' }],
  live: { a: [1, 2, 3] },
  pairs: { a: [['b', 2]] },
};
const EVENTS = {
  events: [
    { id: 'e', time: NOW, item: 'a', kind: 'view', session: 's', after: [{ item: 'b', age: 1 }] },
    { item: 'b', kind: 'purchase', quantity: 2 },
  ],
};
const READS = [
  ...[
    'GET /v1/items?ids=a,b',
    'GET /v1/items?id=a&id=b%2Cc',
    'GET /v1/pages/0',
    'GET /v1/pages/0?r=1',
    'GET /v1/changes?since=0',
  ],
  ...[
    'GET /v1/live?r=1',
    'GET /v1/pairs/1',
    'GET /health',
    'GET /readyz',
    'GET /openapi.json',
    'OPTIONS /v1/items',
    'DELETE /v1/items',
  ],
];

/** Requests to the metadata service: their first line, then the body. No answer is one of an error of its own. */
export const requests: OpenTarget = async () => {
  let failure: unknown;
  const open = (): Promise<Service> =>
    service({
      store: memoryStore(),
      token: 'token',
      pages: 2,
      upkeep: false,
      now: () => NOW,
      limits: {
        requestsPerMinute: 1e12,
        charactersPerMinute: 1e12,
        eventsPerMinute: 1e12,
        shownPerMinute: 1e12,
        countsPerItem: 1e12,
        countsPerHour: 1e12,
      },
      report: (error) => (failure = error),
    });
  let own = await open();
  const bodies = fc.oneof(
    editedJson(ITEMS).map((json) => ['PUT /v1/items', JSON.stringify(json)]),
    editedJson(EVENTS).map((json) => ['POST /v1/events', JSON.stringify(json)]),
    editedJson({ ids: ['a', 'zz'] }).map((json) => ['DELETE /v1/items', JSON.stringify(json)]),
  );
  const reads = fc
    .tuple(fc.constantFrom(...READS), fc.string({ unit: 'binary', maxLength: 8 }), fc.boolean())
    .map(([line, more, isTail]) => [isTail ? line + more : line.replace(/[01ab]/, () => more), '']);
  let turn = 0;
  return {
    reads: 'requests to the metadata service',
    drawn: fc
      .oneof({ weight: 3, arbitrary: bodies }, reads)
      .map(([line, body]) => bytesOf(`${line}\n${body}`)),
    async run(input) {
      const text = textOf(input);
      const end = text.indexOf('\n');
      const [method = '', ...path] = text.slice(0, end < 0 ? undefined : end).split(' ');
      let request: Request;
      try {
        request = new Request(new URL(path.join(' '), 'http://127.0.0.1'), {
          method,
          headers: {
            authorization: 'Bearer token',
            accept: turn++ % 2 === 0 ? 'application/vnd.evershelf.page' : 'application/json',
          },
          ...(/^(?:get|head|options)$/i.test(method) ? {} : { body: end < 0 ? '' : text.slice(end + 1) }),
        });
      } catch {
        // What is no request does not arrive.
        return;
      }
      // A stream has no end.
      if (request.url.includes('/stream')) return;
      if (turn % ENOUGH === 0) own = await open();
      const answer = await own.fetch(request);
      const said = await answer.text();
      if (turn % 64 === 0) await own.flush();
      if (failure !== undefined) throw failure;
      if (answer.status >= 500) throw new Error(`found status ${answer.status}: ${said.slice(0, 200)}`);
      if (answer.headers.get('content-type')?.startsWith('application/json')) JSON.parse(said);
      if (answer.status >= 400 && !/"error":"|^$/.test(said))
        throw new Error(`found ${answer.status} ${said.slice(0, 200)}`);
    },
  };
};
