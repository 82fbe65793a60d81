import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { documents } from '../snippets/documents.ts';
import { type Snippet, snippetsOf } from '../snippets/snippetsOf.ts';
import { pages } from './addresses.ts';

/** HTML and JSON of the documents, each in a page of its own, with the script as it is built and the small shop's model and service. */
const built = fileURLToPath(new URL('../.results/pages/', import.meta.url));
const TAG = '<script async src="/evershelf.js" data-model="/model/" data-kv="/kv"></script>';
const RULES = new Set(['where', 'boosts', 'pins', 'caps', 'diversity']);

/** shelfDocs.spec.ts draws the shelves of one, in a shop that has what they ask for; a test of the service reads the other's tokens. */
const ELSEWHERE = new Set(['docs/elements.md', 'docs/service.md']);

const read = (await documents()).filter((document) => !ELSEWHERE.has(document));
const all = (await Promise.all(read.map((document) => snippetsOf(document)))).flat();

for (const snippet of all.filter(({ language }) => language === 'html' || language === 'json'))
  test(`the documents’ ${snippet.language} works: ${snippet.at}`, async ({ page }) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on(
      'console',
      (message) => message.text().startsWith('evershelf') && complaints.push(message.text()),
    );
    const html = await htmlOf(snippet);
    await serve(page, html);
    await page.goto(`${pages}/snippet.html`);
    await page.waitForFunction(
      'new Promise((opened) => (globalThis.evershelf = globalThis.evershelf ?? []).push(opened)).then(() => true)',
    );
    for (const shelf of await page.locator('evershelf-shelf').all()) {
      await shelf.scrollIntoViewIfNeeded();
      await expect(shelf.locator('[data-item]').first()).toBeVisible();
    }
    expect(complaints).toEqual([]);
    // The rest of the model is still on its way.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

/** A page with what a snippet shows; JSON stands where it is read. */
async function htmlOf({ language, code }: Snippet): Promise<string> {
  if (language === 'json') {
    const config = JSON.parse(code) as object;
    const isRules = Object.keys(config).some((key) => RULES.has(key));
    return isRules
      ? `${TAG}<script type="application/json" id="rules">${code}</script><evershelf-shelf rules="#rules"></evershelf-shelf>`
      : `<script type="application/json" data-evershelf>${code}</script>${TAG}<evershelf-shelf></evershelf-shelf>`;
  }
  const digests = JSON.parse(await readFile(`${built}/integrity.json`, 'utf8')) as Record<string, string>;
  const whole = /\/evershelf\.js["']/.test(code) ? code : `${TAG}\n${code}`;
  return whole.replace('sha384-...', digests['evershelf.js']!);
}

/** Answers for the hosts that snippets name, which this machine does not reach. */
async function serve(page: Page, html: string): Promise<void> {
  await page.route(`${pages}/snippet.html`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html>\n<html lang="en">\n<title>Snippet</title>\n${html}`,
    }),
  );
  // The script's files, from a CDN or from the folder of the shop that start.md copies them to.
  const isScript = ({ hostname, origin, pathname }: URL): boolean =>
    hostname.startsWith('cdn.') || (origin === pages && pathname.startsWith('/evershelf/'));
  await page.route(isScript, async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1)!;
    const headers = { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' };
    await route.fulfill({ headers, body: await readFile(built + name, 'utf8') });
  });
  await page.route(
    ({ origin, pathname }) => origin === pages && /^\/(model|kv)\//.test(pathname),
    async (route) => {
      const { pathname, search } = new URL(route.request().url());
      await route.continue({ url: `${pages}/small${pathname}${search}` });
    },
  );
}
