import { expect } from '@playwright/test';
import { type Item, pageOf } from '../../packages/model/src/index.ts';
import type { Storefront } from '../../packages/sdk/src/storefront/index.ts';
import { type Cell, type Fault, WELL } from './cell.ts';
import type { Wrong } from './faultyServer.ts';
import { matrix } from './matrix.ts';
import { LATE } from './shopPage.ts';

const STALE = { ...WELL, rung: 'category', freshness: 'stale' } as const;
const OFFLINE = { ...WELL, rung: 'category', freshness: 'offline' } as const;

const answering =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Wrong =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

/** A service that goes wrong by what it answers, and is well again. */
const wrong = (fault: string, answers: Fault['answers'], says: RegExp, answer: Wrong): Fault => ({
  fault,
  given: ({ stand }) => stand.service.spoil(answer),
  ...{ answers, says },
  heals: ({ stand }) => stand.service.spoil(undefined),
  recovers: 'by itself',
});

/** What was sent of an answer without end, and whether nobody reads it any more. */
let endless = { bytes: 0, left: false };
/** Some pages, not that of the item which the shelf is asked about. */
const isLost = (page: number): boolean => page < 100 && page !== pageOf(LATE.id, 256);
/** The shelf knows the items that fit as the service has them. */
async function learns({ frame, context, stand }: Cell, fit: (item: Item) => boolean): Promise<void> {
  const fresh = async (): Promise<number> => {
    await context.clock.fastForward(5000);
    return await frame().evaluate(() => {
      const { shelf } = (globalThis as unknown as { shop: Storefront }).shop;
      return shelf.status().byFreshness.fresh;
    });
  };
  await expect.poll(fresh, { intervals: [100] }).toBe(stand.items.filter(fit).length);
}

let release = (): void => {};

matrix('service', [
  {
    fault: 'refuses connections',
    given: ({ stand }) => stand.service.refuse(),
    answers: OFFLINE,
    says: /found no answer/,
    heals: ({ stand }) => stand.service.open(),
    recovers: 'by itself',
  },
  wrong('never answers', OFFLINE, /found no answer/, () => {}),
  wrong(
    'begins to answer and stops',
    OFFLINE,
    /found no answer/,
    (_, response) => void response.writeHead(200).write('{"revision":'),
  ),
  {
    fault: 'answers when the page has gone on',
    given({ stand }) {
      const answers = new Promise<void>((resolve) => (release = resolve));
      stand.service.spoil((request, response) => void answers.then(() => stand.answer(request, response)));
    },
    answers: STALE,
    heals: () => release(),
    recovers: 'by itself',
  },
  wrong('answers 429', STALE, /found status 429/, answering(429, '{}')),
  wrong('answers 500', OFFLINE, /found status 500/, answering(500, '{}')),
  wrong('answers 404', STALE, /found status 404/, answering(404, '{}')),
  wrong('answers nothing', STALE, /found 0 bytes/, answering(200, '')),
  wrong('answers bytes that are no text', STALE, /no JSON/, answering(200, Buffer.alloc(999, 0xfe))),
  wrong(
    'answers a page for people',
    STALE,
    /no JSON/,
    answering(200, '<!doctype html><p>Log in.', { 'content-type': 'text/html' }),
  ),
  wrong(
    'answers JSON of another kind',
    STALE,
    /wanted revision/,
    answering(200, '{"revision":"1","pages":[]}'),
  ),
  wrong('answers null', STALE, /wanted revision/, answering(200, 'null')),
  {
    fault: 'answers pages of what are no items',
    given({ stand }) {
      stand.service.spoil((request, response) => {
        const page = /pages\/(\d+)\?r=(\d+)/.exec(request.url!);
        if (page === null) stand.answer(request, response);
        else response.writeHead(200).end(`{"page":${page[1]},"revision":${page[2]},"items":[{"item":{}}]}`);
      });
    },
    answers: STALE,
    says: /wanted this page/,
    heals: ({ stand }) => stand.service.spoil(undefined),
    recovers: 'by itself',
  },
  wrong('breaks off in the middle', OFFLINE, /found no answer/, (_, response) => {
    response.writeHead(200, { 'content-length': 1000 }).write('{"revision":1');
    setTimeout(() => response.destroy(), 20);
  }),
  wrong(
    'says that what it packed is Brotli, and it is not',
    OFFLINE,
    /found no answer/,
    answering(200, '{}', { 'content-encoding': 'br' }),
  ),
  {
    ...wrong('answers without end', STALE, /found more than 8388608 bytes/, (_, response) => {
      const part = Buffer.alloc(256 * 1024, ' ');
      endless = { bytes: 0, left: false };
      const own = endless;
      const send = (): void => {
        while (!response.destroyed && response.write(part)) own.bytes += part.length;
      };
      response
        .writeHead(200)
        .on('drain', send)
        .on('close', () => (own.left = true));
      send();
    }),
    // It is read no further than any answer goes.
    async holds() {
      await expect.poll(() => endless.left).toBe(true);
      expect(endless.bytes).toBeLessThan(32 * 1024 * 1024);
    },
  },
  {
    fault: 'has lost pages, and has the others',
    given({ stand }) {
      stand.service.spoil((request, response) => {
        const page = /pages\/(\d+)/.exec(request.url!)?.[1];
        if (page === undefined || !isLost(Number(page))) stand.answer(request, response);
        else response.writeHead(404).end();
      });
    },
    answers: WELL,
    says: /found status 404/,
    holds: (cell) => learns(cell, ({ id }) => !isLost(pageOf(id, 256))),
    heals: ({ stand }) => stand.service.spoil(undefined),
    recovers: 'by itself',
    healed: (cell) => learns(cell, () => true),
  },
  {
    fault: 'has a certificate that expired',
    page: ({ secured }) => ({ tag: { kv: `https://localhost:${secured.port}` } }),
    answers: OFFLINE,
    says: /found no answer/,
    heals: ({ stand }) => stand.secured.renew(),
    recovers: 'by itself',
  },
  wrong(
    'sends the browser round in circles',
    OFFLINE,
    /found no answer/,
    (request, response) => void response.writeHead(302, { location: request.url! }).end(),
  ),
  wrong("forbids the page's origin to read it", OFFLINE, /found no answer/, (_, response) => {
    response.removeHeader('access-control-allow-origin');
    response.writeHead(200).end('{}');
  }),
]);
