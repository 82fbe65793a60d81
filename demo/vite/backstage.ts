import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Item } from 'evershelf';
import type { Plugin } from 'vite';
import type { DemoShop } from '../shops.ts';
import { nights } from './nights.ts';
import { shopService } from './shopService.ts';

export interface BackstageOptions {
  readonly shop: DemoShop;
  /** Address of the metadata service, in front of `/v1/`. */
  readonly kv: string;
  /** What the service asks of those who write. It stays in this process. */
  readonly token: string;
  /** Runs `evershelf` with arguments; rejects where it fails. */
  readonly evershelf: (args: readonly string[]) => Promise<void>;
}

type Answer = readonly [status: number, body: object];

/**
 * What a shop's own people do, for a visitor to try:
 *
 * - `POST /demo/arrivals` lists a new product with the metadata service and answers it.
 * - `POST /demo/changes` with `{id, ...attributes}` changes a product there.
 * - `POST /demo/nights` with `{id}` lets a night pass in which invented shoppers buy a product, and trains the shop's model again;
 *   `GET /demo/nights` says how far it is.
 */
export function backstage({ shop, kv, token, evershelf }: BackstageOptions): Plugin {
  const service = shopService(kv, token);
  const night = nights(shop, service, evershelf);
  let count = 0;

  const calls: Readonly<Record<string, (body: Record<string, unknown>) => Promise<Answer>>> = {
    async 'POST /demo/arrivals'() {
      const product = shop.newProducts[count % shop.newProducts.length]!;
      count += 1;
      const item = { id: `new-${count}-${Date.now()}`, ...product };
      await service.put(item);
      return [201, { item }];
    },
    async 'POST /demo/changes'({ id, ...attributes }) {
      const item = await service.get(String(id));
      if (item === undefined) return [404, { error: `The shop has no product ${String(id)}.` }];
      // The service checks what it is given.
      const changed = { ...item, ...attributes } as Item;
      await service.put(changed);
      return [200, { item: changed }];
    },
    async 'POST /demo/nights'({ id }) {
      return [202, night.begin(String(id))];
    },
    async 'GET /demo/nights'() {
      return [200, night.state()];
    },
  };

  function handle(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const path = request.url?.split('?')[0];
    if (path?.startsWith('/demo/') !== true) return next();
    const call = calls[`${request.method} ${path}`];
    if (call === undefined)
      return answerJson(response, 404, { error: `Nothing answers ${request.method} ${path}.` });
    bodyOf(request)
      .then(call)
      .then(
        ([status, body]) => answerJson(response, status, body),
        (error: Error) => answerJson(response, 502, { error: error.message }),
      );
  }

  return {
    name: 'evershelf-demo-backstage',
    configureServer(server) {
      server.middlewares.use(handle);
    },
    configurePreviewServer(server) {
      server.middlewares.use(handle);
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(JSON.stringify(body));
}
