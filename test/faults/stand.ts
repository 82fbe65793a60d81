import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memoryStore, startService } from '../../packages/kv/src/index.ts';
import { type Item, itemsOf, writeArtifact } from '../../packages/model/src/index.ts';
import { smallArtifact } from '../../packages/model/test/smallArtifact.ts';
import type { Certificates } from './certificates.ts';
import { type FaultyServer, faultyServer, type Wrong } from './faultyServer.ts';
import { LATE, type PageOptions, shopPage } from './shopPage.ts';

/** Files of an artifact, by name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A small shop on this machine, of which each part may be spoiled: its pages, its model and its metadata service. */
export interface Stand {
  /** Serves the pages, and the SDK's built files. */
  readonly pages: FaultyServer;
  /** Serves the model, as a CDN does. */
  readonly host: FaultyServer;
  /** The metadata service. */
  readonly service: FaultyServer;
  /** The same over TLS. */
  readonly secured: FaultyServer & { renew(): void };
  /** Answers as the metadata service does. */
  readonly answer: Wrong;
  /** The model as it is, and a later one. */
  readonly versions: readonly [Files, Files];
  /** What is served of the model now. */
  model: Files;
  /** Says how a page is to be, and gives its address. */
  page(options?: PageOptions): string;
  /** Address of a page of another site, which has this one in a frame. */
  framed(address: string): string;
  /** What the shop has. */
  readonly items: readonly Item[];
  /** Puts items into the shop, of which it has none with such an id. */
  put(items: readonly Item[]): Promise<void>;
  /** Mends all that was spoiled. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

const SDK = fileURLToPath(new URL('../../packages/sdk/dist/script/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };
const TOKEN = 'of the stand';

export async function openStand(certificates: Certificates): Promise<Stand> {
  const versions = (await Promise.all([artifactOf(1), artifactOf(2)])) as [Files, Files];
  const kv = await startService({ store: memoryStore(), token: TOKEN, port: 0 });
  const items: Item[] = [];
  const put = async (more: readonly Item[]): Promise<void> => {
    await putInto(kv.url, more);
    items.push(...more);
  };
  await put([...itemsOf(smallArtifact().parts.catalogue), LATE]);

  const opened = new Map<string, PageOptions>();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, search } = new URL(request.url!, 'http://localhost');
    if (pathname === '/frame.html') {
      const framed = decodeURIComponent(search.slice(1));
      response.writeHead(200, { 'content-type': 'text/html' });
      return void response.end(`<!doctype html><iframe src="${framed}" width="900" height="600"></iframe>`);
    }
    const options = opened.get(pathname);
    if (options !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...options.headers });
      return void response.end(shopPage(options));
    }
    const body = await readFile(join(SDK, pathname.slice('/sdk/'.length))).catch(() => undefined);
    response
      .writeHead(body === undefined ? 404 : 200, { 'content-type': TYPES[extname(pathname)] ?? 'text/plain' })
      .end(body ?? 'found nothing');
  };
  const pass = passTo(kv.url);
  const { expired, renewed } = certificates;
  let tls: SecureServer | undefined;
  const pages = await faultyServer(createServer, (request, response) => void serve(request, response));
  const host = await faultyServer(createServer, ({ url }, response) => {
    const { pathname } = new URL(url!, 'http://localhost');
    const body = stand.model.get(pathname.slice('/model/'.length));
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  const service = await faultyServer(createServer, pass);
  const secured = await faultyServer((answer) => (tls = createSecureServer({ ...expired }, answer)), pass);
  const stand: Stand = {
    ...{ pages, host, service },
    secured: {
      ...secured,
      renew() {
        tls!.setSecureContext({ ...renewed });
        secured.spoil(undefined);
      },
    },
    answer: pass,
    versions,
    model: versions[0],
    page(options = {}) {
      const path = `/page-${opened.size}.html`;
      const { tag } = options;
      opened.set(path, {
        ...options,
        tag: {
          model: `http://localhost:${host.port}/model/`,
          kv: `http://localhost:${service.port}`,
          consent: 'profile',
          engine: 'cpu',
          ...tag,
        },
      });
      return `http://localhost:${pages.port}${path}`;
    },
    framed: (address) => `http://127.0.0.1:${pages.port}/frame.html?${encodeURIComponent(address)}`,
    ...{ items, put },
    async mend() {
      stand.model = versions[0];
      tls!.setSecureContext({ ...expired });
      for (const server of [pages, host, service, secured]) {
        await server.open();
        server.spoil(undefined);
      }
    },
    async close() {
      for (const server of [pages, host, service, secured]) server.close();
      await kv.close();
    },
  };
  return stand;
}

async function artifactOf(seed: number): Promise<Files> {
  const { draft, parts } = smallArtifact(seed);
  return writeArtifact(draft, parts);
}

async function putInto(url: string, items: readonly Item[]): Promise<void> {
  const answer = await fetch(`${url}/v1/items`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ items }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Answers as the server behind it, streams too. */
function passTo(url: string): Wrong {
  return (request, response) => {
    const asked = ask(url + request.url!, { method: request.method!, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    asked.once('error', () => response.destroy());
    response.once('close', () => asked.destroy());
    request.pipe(asked);
  };
}
