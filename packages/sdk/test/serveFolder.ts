import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { listen } from './listen.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves a folder to pages of any origin, as a CDN does. Each has an origin of its own. */
export function serveFolder(
  folder: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ url: string; close(): void }> {
  return listen(async (request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const body = await readFile(join(folder, pathname)).catch(() => undefined);
    response
      .writeHead(body === undefined ? 404 : 200, {
        'access-control-allow-origin': '*',
        'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream',
        ...headers,
      })
      .end(body);
  });
}
