import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { newProducts } from './newProducts.ts';

const PATH = '/demo/arrivals';

export interface ArrivalsOptions {
  /** Address of the metadata service, in front of `/v1/`. */
  readonly kv: string;
  /** What the service asks of those who write. It stays in this process. */
  readonly token: string;
}

/** `POST /demo/arrivals` lists a new product with the metadata service and answers it. */
export function arrivals({ kv, token }: ArrivalsOptions): Plugin {
  let count = 0;

  async function arrive(): Promise<{ status: number; body: object }> {
    const product = newProducts[count % newProducts.length]!;
    count += 1;
    const item = { id: `new-${count}-${Date.now()}`, ...product };
    try {
      const answer = await fetch(`${kv.replace(/\/$/, '')}/v1/items`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ items: [item] }),
        signal: AbortSignal.timeout(5000),
      });
      if (answer.ok) return { status: 201, body: { item } };
      return { status: 502, body: { error: `The metadata service answered ${answer.status}.` } };
    } catch {
      return { status: 502, body: { error: 'The metadata service cannot be reached.' } };
    }
  }

  function handle(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    if (request.url?.split('?')[0] !== PATH) return next();
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      return answerJson(response, 405, { error: `Only POST is answered at ${PATH}.` });
    }
    void arrive().then(({ status, body }) => answerJson(response, status, body));
  }

  return {
    name: 'evershelf-demo-arrivals',
    configureServer(server) {
      server.middlewares.use(handle);
    },
    configurePreviewServer(server) {
      server.middlewares.use(handle);
    },
  };
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  response.end(JSON.stringify(body));
}
