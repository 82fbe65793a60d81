import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** Pages beside the SDK's built files and a model, as a CDN serves them: compressed beforehand. */
export interface ServedFiles {
  readonly address: string;
  /** Bytes of a path as it is, and with Brotli. */
  sizes(path: string): { bytes: number; wire: number };
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  json: 'application/json',
  webp: 'image/webp',
  svg: 'image/svg+xml',
};

/**
 * @param pages HTML by path
 * @param folders by path: what never changes under its name, and what is asked for again
 */
export async function serveFiles(
  pages: Readonly<Record<string, string>>,
  folders: {
    readonly immutable: Readonly<Record<string, string>>;
    readonly revalidated: Readonly<Record<string, string>>;
  },
): Promise<ServedFiles> {
  const files = new Map<string, { body: Buffer; packed: Buffer; type: string; cache: string }>();
  const add = (path: string, body: Buffer, type: string, cache: string): void => {
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
    files.set(path, { body, packed: brotliCompressSync(body, { params }), type, cache });
  };
  for (const [path, html] of Object.entries(pages)) add(path, Buffer.from(html), 'text/html', 'no-cache');
  for (const [kept, cache] of [
    [folders.immutable, 'max-age=31536000, immutable'],
    [folders.revalidated, 'no-cache'],
  ] as const)
    for (const [prefix, folder] of Object.entries(kept))
      for (const name of await readdir(folder)) {
        const type = TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream';
        add(prefix + name, await readFile(join(folder, name)), type, cache);
      }
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url!, 'http://localhost').pathname);
    if (file === undefined) return void response.writeHead(404).end();
    const head = { 'content-type': file.type, 'cache-control': file.cache, 'content-encoding': 'br' };
    response.writeHead(200, head).end(file.packed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    sizes(path) {
      const { body, packed } = files.get(path)!;
      return { bytes: body.length, wire: packed.length };
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
