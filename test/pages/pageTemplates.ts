import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** What a page of the tests may say of itself in its first comment, to be sent as headers: one a line, such as `name: value`. */
const HEADERS = /^<!--headers\n(.*?)-->\n/s;

/**
 * Serves the HTML files of a folder. In each, `{{include FILE}}` is another file of the folder; and in both, and in headers,
 * `{{query NAME}}` is what the page is asked with, `{{NAME}}` the address of that name, `{{nonce}}` a nonce for this answer,
 * `{{integrity FILE}}` the digest of a built file.
 *
 * @param built folder of the SDK's built files
 * @param addresses by name
 */
export function pageTemplates(
  folder: string,
  built: string,
  addresses: Readonly<Record<string, string>>,
): Plugin {
  return {
    name: 'pages',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
        const file = join(folder, pathname);
        if (!pathname.endsWith('.html') || !existsSync(file)) return next();
        const nonce = randomBytes(16).toString('base64');
        const digests = JSON.parse(readFileSync(join(built, 'integrity.json'), 'utf8')) as Record<
          string,
          string
        >;
        const page = readFileSync(file, 'utf8')
          .replaceAll(/\{\{include (.*?)\}\}/g, (_, name: string) => readFileSync(join(folder, name), 'utf8'))
          .replaceAll(/\{\{query (\w+)\}\}/g, (_, name: string) => searchParams.get(name) ?? '')
          .replaceAll('{{nonce}}', nonce)
          .replaceAll(/\{\{integrity (.*?)\}\}/g, (_, name: string) => digests[name]!)
          .replaceAll(/\{\{(\w+)\}\}/g, (mark, name: string) => addresses[name] ?? mark);
        const [comment = '', lines = ''] = HEADERS.exec(page) ?? [];
        for (const line of lines.split('\n').filter(Boolean)) {
          const [, name, value] = /^(.*?): (.*)$/.exec(line)!;
          response.appendHeader(name!, value!);
        }
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(page.slice(comment.length));
      });
    },
  };
}
