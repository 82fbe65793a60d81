import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pageOf } from '@evershelf/model';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RecommendedItem, Shelf } from '../src/index.ts';
import { learnt, testShelves } from './testShelves.ts';

const at = testShelves();

type Fault = (request: IncomingMessage, response: ServerResponse) => void;

/** What may be wrong with a metadata service. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'never answers': () => {},
  'begins to answer and stops': (_, response) => void response.writeHead(200).write('{"revision":'),
  'closes the connection': (request) => request.socket.destroy(),
  'answers 500': (_, response) => void response.writeHead(500).end('{}'),
  'answers 429': (_, response) => void response.writeHead(429).end('{}'),
  'answers nothing': (_, response) => void response.writeHead(200).end(),
  'answers bytes that are no text': (_, response) =>
    void response.writeHead(200).end(Buffer.alloc(999, 0xfe)),
  'answers a page for people': (_, response) =>
    void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Log in.'),
  'answers JSON of another kind': (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end('{"revision":"1","pages":[]}'),
  'answers null': (_, response) => void response.writeHead(200).end('null'),
  'breaks off in the middle': (_, response) => {
    response.writeHead(200, { 'content-length': 1000 }).write('{"revision":1');
    setTimeout(() => response.destroy(), 20);
  },
  'answers pages of what are no items': (request, response) => {
    const page = /pages\/(\d+)\?r=(\d+)/.exec(request.url!);
    if (page === null) return void passOn(request, response);
    response.writeHead(200).end(`{"page":${page[1]},"revision":${page[2]},"items":[{"item":{}}]}`);
  },
  'sends the browser round in circles': (request, response) =>
    void response.writeHead(302, { location: request.url! }).end(),
};

/** Answers as the shop's service does. */
async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const answer = await fetch(at.shop.kv + request.url!);
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    response.destroy();
  }
}

interface FaultyService {
  readonly url: string;
  /** What is wrong with it; undefined lets it answer as the one behind it. */
  fault: Fault | undefined;
}

/** A server in front of the shop's metadata service, with what is wrong with it. */
async function faultyService(fault: Fault): Promise<FaultyService> {
  const server = createServer(async (request, response) => {
    if (faulty.fault !== undefined) return faulty.fault(request, response);
    await passOn(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  let wrong: Fault | undefined = fault;
  const faulty = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get fault() {
      return wrong;
    },
    set fault(next) {
      wrong = next;
      // As one that was started again.
      server.closeAllConnections();
    },
  };
  return faulty;
}

/** Milliseconds of the slowest answer while a service was not well. */
let slowest = 0;
afterAll(() => console.log(`answers with a deadline of 50 ms took ${Math.round(slowest)} ms at most`));

/** How an item that the page hands over stands on the shelf, at the deadline. */
async function handed(shelf: Shelf): Promise<RecommendedItem> {
  const candidates = [{ id: 'late', category: ['Food'] }];
  const { items, milliseconds } = await shelf.recommend({ deadline: 50, candidates, k: 1000 });
  if (shelf.status().byFreshness.fresh === 0) slowest = Math.max(slowest, milliseconds);
  return items.find(({ item }) => item.id === 'late')!;
}

const ALL = 100 * 1024 * 1024;
const LATER = { timeout: 20_000, interval: 100 };

describe('a shelf whose service', { timeout: 60_000 }, () => {
  it.each(Object.entries(FAULTS))(
    '%s is there at the deadline, by the ladder, and better once the service is well',
    async (_, fault) => {
      await at.shop.put([{ id: 'late', category: ['Food'], brand: 'Brand 2' }]);
      const service = await faultyService(fault);
      const shelf = await at.open({ kv: service.url });
      // What never ends has not ended: had the shelf waited for it, the test would wait too.
      for (let time = 0; time < 5; time++)
        expect(await handed(shelf)).toMatchObject({ rung: 'category', token: 'unknown_food' });
      expect(shelf.status().byFreshness.fresh).toBe(0);
      let improved = 0;
      shelf.on('improved', () => improved++);
      service.fault = undefined;
      await vi.waitFor(
        async () => expect(await handed(shelf)).toMatchObject({ rung: 'attributes', freshness: 'fresh' }),
        LATER,
      );
      await vi.waitFor(() => expect(improved).toBeGreaterThan(0), LATER);
    },
  );

  it('answers without end is read no further than any answer goes', async () => {
    let sent = 0;
    let left = false;
    const part = Buffer.alloc(256 * 1024, ' ');
    const service = await faultyService((_, response) => {
      const send = (): void => {
        while (!response.destroyed && sent < ALL && response.write(part)) sent += part.length;
      };
      response
        .writeHead(200)
        .on('drain', send)
        .on('close', () => (left = true));
      send();
    });
    const shelf = await at.open({ kv: service.url, refresh: 0 });
    expect(await handed(shelf)).toMatchObject({ rung: 'category' });
    await vi.waitFor(() => expect(shelf.status().lastError).toMatch(/found more than 8388608 bytes/), LATER);
    await vi.waitFor(() => expect(left).toBe(true), LATER);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('has lost pages learns the others', async () => {
    const isLost = (page: number): boolean => page < 100;
    const service = await faultyService((request, response) => {
      const page = /pages\/(\d+)/.exec(request.url!)?.[1];
      if (page !== undefined && isLost(Number(page))) response.writeHead(404).end();
      else void passOn(request, response);
    });
    const shelf = await at.open({ kv: service.url });
    const others = at.shop.items.filter(({ id }) => !isLost(pageOf(id, 256)));
    await vi.waitFor(() => expect(shelf.status().byFreshness.fresh).toBe(others.length), LATER);
    service.fault = undefined;
    await learnt(shelf);
  });
});
