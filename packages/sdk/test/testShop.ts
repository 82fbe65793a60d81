import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryStore, type RunningService, startService } from '@evershelf/kv';
import { type Item, itemsOf, type ManifestDraft, writeArtifact } from '@evershelf/model';
import { smallArtifact } from '../../model/test/smallArtifact.ts';

const TOKEN = 'test';

/** A shop on this machine: an artifact behind a web server, and a real metadata service. */
export interface TestShop {
  readonly model: string;
  readonly kv: string;
  readonly service: RunningService;
  /** Files of the artifact by name, as they are answered. */
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  /** Paths that were asked of the web server. */
  readonly asked: string[];
  /** Lets answers for a file of the artifact wait until the function that comes back is called. */
  hold(name: string): () => void;
  /** The items that the artifact holds. */
  readonly items: readonly Item[];
  put(items: readonly Item[], pairs?: Readonly<Record<string, [string, number][]>>): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param seed of the artifact; the service starts out with the artifact's items
 * @param change what the artifact's manifest says otherwise
 */
export async function openTestShop(seed = 1, change: Partial<ManifestDraft> = {}): Promise<TestShop> {
  const { draft, parts } = smallArtifact(seed);
  const files = await writeArtifact({ ...draft, ...change }, parts);
  const asked: string[] = [];
  const held = new Map<string, Promise<void>>();
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const name = new URL(request.url!, 'http://localhost').pathname.slice('/model/'.length);
    asked.push(name);
    await held.get(name);
    const body = files.get(name);
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const service = await startService({ store: memoryStore(), token: TOKEN, port: 0 });
  const write = async (method: string, body: object): Promise<void> => {
    const answer = await fetch(`${service.url}/v1/items`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const items = itemsOf(parts.catalogue);
  const shop: TestShop = {
    model: `http://127.0.0.1:${(server.address() as AddressInfo).port}/model/`,
    kv: service.url,
    service,
    files,
    asked,
    hold(name) {
      let resolve = (): void => {};
      held.set(name, new Promise((release) => (resolve = release)));
      return () => {
        held.delete(name);
        resolve();
      };
    },
    items,
    put: (list, pairs) => write('PUT', { items: list, pairs }),
    remove: (list) => write('DELETE', { ids: list }),
    async close() {
      server.closeAllConnections();
      server.close();
      await service.close();
    },
  };
  await shop.put(items);
  return shop;
}
