import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IdProperty } from '@evershelf/model/markup';
import { adviceFor } from '../init/adviceFor.ts';
import { describeShop } from '../init/describeShop.ts';
import { inspectPage } from '../init/inspectPage.ts';
import { readPages } from '../init/readPages.ts';
import { SNIPPET, type SnippetOptions, snippetOf } from '../init/snippetOf.ts';
import { summaryOf } from '../init/summaryOf.ts';
import { type SeenShop, visitShop } from '../init/visitShop.ts';
import { InputError } from '../read/InputError.ts';
import { writeAside } from './writeAside.ts';

export interface InitOptions {
  script: string;
  model: string;
  kv?: string;
  build?: string;
  id?: IdProperty;
  out?: string;
  json?: true;
}

/** Where a page is taken to be, whose own address is not one of the web's. */
const NOWHERE = 'https://shop.invalid/';

/**
 * `evershelf init`: says what a shop's pages have that the script tag reads, what is missing, and writes the snippet. Without a page
 * it writes the snippet alone.
 *
 * @param page an address, an HTML file, or a folder of them
 * @throws {InputError} where the page is not to be had, or the snippet cannot be written
 */
export async function init(page: string | undefined, options: InitOptions): Promise<void> {
  const { script, model, kv, id } = options;
  if (options.out !== undefined) await checkOurs(options.out);
  const integrity = options.build === undefined ? undefined : await integrityIn(options.build);
  const { pages: seen, feeds } = await lookAt(page, id);
  const pages = seen.map((each) =>
    summaryOf(each, (address) => {
      const at = new URL(/^https?:/.test(address) ? address : NOWHERE);
      const url = (where: string): URL => new URL(where, at);
      return { page: at, script: url(script), model: url(model), kv: kv === undefined ? undefined : url(kv) };
    }),
  );
  const layers = seen.filter((each) => each.hasDataLayer).map((each) => each.dataLayer);
  const snippet = snippetOf({
    ...{ script, model, kv, integrity, id },
    dataLayer: layers.find((name) => name !== 'dataLayer'),
    nonce: pages.some(({ policy }) => policy?.hasNonce === true),
  } satisfies SnippetOptions);
  const advice = adviceFor(pages, feeds);
  if (options.json) console.log(JSON.stringify({ pages, feeds, advice, snippet }, null, 1));
  else {
    const text = describeShop(pages, feeds, advice);
    // The snippet alone goes to stdout, so that it can be piped into a file.
    if (text !== '') console.error(text);
    if (options.out === undefined) console.log(snippet.trimEnd());
  }
  if (options.out !== undefined) await writeAside(options.out, snippet);
}

async function lookAt(page: string | undefined, id: IdProperty | undefined): Promise<SeenShop> {
  if (page === undefined) return { pages: [], feeds: [] };
  if (/^https?:\/\//i.test(page)) {
    if (!URL.canParse(page))
      throw new InputError(`${page}: found no address, wanted one such as https://shop.example/`);
    return visitShop(page, id);
  }
  return { pages: (await readPages(page)).map((each) => inspectPage(each, id)), feeds: [] };
}

/** Subresource Integrity of the script tag's file, as its build wrote it down. */
async function integrityIn(folder: string): Promise<string> {
  const path = join(folder, 'integrity.json');
  const wanted = 'the integrity.json of a build (node_modules/evershelf/dist/script)';
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new InputError(`${path}: cannot be read (${error.message}), wanted ${wanted}`);
  });
  let digest: unknown;
  try {
    digest = (JSON.parse(text) as Record<string, unknown>)['evershelf.js'];
  } catch (error) {
    throw new InputError(`${path}: found ${(error as Error).message}, wanted ${wanted}`);
  }
  if (typeof digest !== 'string' || !/^sha(?:256|384|512)-/.test(digest))
    throw new InputError(`${path}: found no digest of evershelf.js, wanted ${wanted}`);
  return digest;
}

/** @throws {InputError} where a file that is no snippet of ours would be lost */
async function checkOurs(path: string): Promise<void> {
  const found = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new InputError(`${path}: found ${error.message}, wanted a file that can be written`);
  });
  if (found !== undefined && !found.startsWith(SNIPPET))
    throw new InputError(`${path}: found a file that is no snippet of this command, wanted a new one`);
}
