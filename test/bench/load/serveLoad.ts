import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { MEMORY_PAGE } from './memoryPage.ts';

/** A page with a script tag, beside the SDK's built files and a model, as a CDN serves them: compressed beforehand. */
export interface ServedLoad {
  readonly address: string;
  /** Bytes of a path as it is, and with Brotli. */
  sizes(path: string): { bytes: number; wire: number };
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', json: 'application/json' };

/** The page draws the first shelf that it can, or (\`?whole\`) the first of all of the model, and says when. */
const PAGE = `<!doctype html>
<meta charset="utf-8"><title>Load</title><ul id="shelf"></ul>
<script>
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
</script>
<script async src="/evershelf.js" data-model="/model/"></script>
<script>
  const called = performance.now();
  (window.evershelf = window.evershelf || []).push(async ({ shelf }) => {
    const complete = new Promise((resolve) => {
      const look = () => shelf.status().complete && resolve(performance.now());
      shelf.on('improved', look);
      look();
    });
    if (location.search === '?whole') await complete;
    const { items } = await shelf.recommend({ k: 8 });
    document.querySelector('#shelf').append(
      ...items.map(({ item }) => Object.assign(document.createElement('li'), { textContent: item.title })),
    );
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const drawn = performance.now();
    const completed = await complete;
    // The observer is told of a task after it.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const longest = tasks.reduce((most, { duration, startTime }) => startTime < drawn ? Math.max(most, duration) : most, 0);
    globalThis.measured = { shelf: drawn, sinceCall: drawn - called, complete: completed, longestTask: longest };
  });
</script>
`;

export async function serveLoad(script: string, model: string): Promise<ServedLoad> {
  const files = new Map<string, { body: Buffer; packed: Buffer; type: string; cache: string }>();
  const add = (path: string, body: Buffer, type: string, cache: string): void => {
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
    files.set(path, { body, packed: brotliCompressSync(body, { params }), type, cache });
  };
  add('/', Buffer.from(PAGE), 'text/html', 'no-cache');
  add('/memory', Buffer.from(MEMORY_PAGE), 'text/html', 'no-cache');
  for (const [folder, prefix, cache] of [
    [script, '/', 'max-age=31536000, immutable'],
    [model, '/model/', 'no-cache'],
  ] as const)
    for (const name of await readdir(folder))
      add(
        prefix + name,
        await readFile(join(folder, name)),
        TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream',
        cache,
      );
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
