import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseHTML } from 'linkedom';
import { InputError } from '../read/InputError.ts';
import type { ShopPage } from './inspectPage.ts';

/** Most pages of a folder, and folders within folders. */
const PAGES = 50;
const DEPTH = 5;

/**
 * The page of a file, or the pages (`.html`, `.htm`) of a folder, in the order of their names. A page is where its canonical link
 * says; without one, at its file.
 *
 * @throws {InputError} where there is none
 */
export async function readPages(path: string): Promise<ShopPage[]> {
  const found = await stat(path).catch(() => {
    throw new InputError(`${path}: found nothing, wanted an address, an HTML file or a folder of them`);
  });
  const files = found.isDirectory() ? await pagesIn(path, DEPTH) : [path];
  if (files.length === 0)
    throw new InputError(`${path}: found no .html file in it, wanted one page of the shop at least`);
  return Promise.all(
    files.slice(0, PAGES).map(async (file) => {
      const html = await readFile(file, 'utf8');
      return { address: addressIn(html) ?? pathToFileURL(resolve(file)).href, html };
    }),
  );
}

async function pagesIn(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory())
          return depth > 0 && !/^(?:\.|node_modules$)/.test(entry.name) ? pagesIn(path, depth - 1) : [];
        return /\.html?$/i.test(entry.name) ? [path] : [];
      }),
  );
  return found.flat();
}

/** Where a page says it is; undefined where it does not. */
function addressIn(html: string): string | undefined {
  const { document } = parseHTML(html);
  const said =
    document.querySelector('link[rel~="canonical"]')?.getAttribute('href') ??
    document.querySelector('meta[property="og:url"]')?.getAttribute('content');
  return said && /^https?:\/\//.test(said) && URL.canParse(said) ? said : undefined;
}
