import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MarkdownRenderer } from 'vitepress';

const DOCS = fileURLToPath(new URL('..', import.meta.url));

/**
 * A link of a document to a file of the repository outside docs/ leads nowhere on the site: it becomes the file's name, with the path
 * in the repository as its title.
 */
export function sourceLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('source_links', ({ tokens, env }) => {
    for (const { children } of tokens) {
      let inside = false;
      for (const token of children ?? []) {
        if (token.type === 'link_close' && inside) {
          inside = false;
          token.tag = 'span';
        }
        if (token.type !== 'link_open') continue;
        const path = pathOf(token.attrGet('href') ?? '', (env as { path: string }).path);
        if (path === undefined) continue;
        inside = true;
        token.tag = 'span';
        token.attrs = [['title', path]];
      }
    }
  });
}

/** The path in the repository of what a link names; undefined where it stays in docs/ or leaves the repository. */
function pathOf(href: string, page: string): string | undefined {
  if (href === '' || /^([a-z]+:|#|\/)/i.test(href)) return undefined;
  const file = resolve(dirname(page), href.replace(/[#?].*$/, ''));
  return relative(DOCS, file).startsWith('..') && existsSync(file)
    ? relative(resolve(DOCS, '..'), file)
    : undefined;
}
