import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const output = await mkdtemp(join(tmpdir(), 'site-'));

afterAll(() => rm(output, { recursive: true }));

describe('the site of docs/', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    for (const command of [['typedoc'], ['vitepress', 'build', '--outDir', output]])
      await run(`node_modules/.bin/${command[0]}`, command.slice(1), { cwd: 'docs' }).catch(
        ({ stdout, stderr }: { stdout: string; stderr: string }) => expect.fail(stdout + stderr),
      );
  }, 240_000);

  it('has a page for each document, and leads to it', async () => {
    const home = await readFile(join(output, 'design.html'), 'utf8');
    const linked = new Set([...home.matchAll(/href="\/([^"#]*)"/g)].map(([, path]) => path));
    const documents = (await readdir('docs')).filter((name) => /^(?!index\.md).*\.md$/.test(name));
    expect(documents.length).toBeGreaterThan(5);
    for (const name of documents) expect(linked).toContain(name.replace('.md', ''));
    const there = new Set(await readdir(output, { recursive: true }));
    for (const path of linked)
      if (!path!.includes('.'))
        expect(there, path).toContain(
          path === '' || path!.endsWith('/') ? `${path}index.html` : `${path}.html`,
        );
  });

  it('has the reference of each function and type that a package exports to users', async () => {
    const page = await readFile(join(output, 'api/evershelf.html'), 'utf8');
    const index = await readFile('packages/sdk/src/index.ts', 'utf8');
    const names = [...index.matchAll(/^ {2}(?:type )?([A-Z]\w+),$/gm)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(page).toContain(`id="${name.toLowerCase()}"`);
    expect(page).toContain('Opens a shelf: loads what the shop holds');
  });

  it('has the reference of each address that evershelf is imported by', async () => {
    const { exports } = JSON.parse(await readFile('packages/sdk/package.json', 'utf8')) as {
      exports: object;
    };
    for (const name of Object.keys(exports)) {
      const page = await readFile(join(output, `api/${name.replace('.', 'evershelf')}.html`), 'utf8');
      expect(page, name).toContain(`href="/api/${name.replace('.', 'evershelf')}"`);
    }
  });

  it('has what each link between its pages leads to, and the place in it', async () => {
    const files = new Set(await readdir(output, { recursive: true }));
    const pages = new Map<string, string>();
    for (const file of files)
      if (file.endsWith('.html')) pages.set(file, await readFile(join(output, file), 'utf8'));
    const dead: string[] = [];
    for (const [file, page] of pages)
      for (const [, href] of page.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
        const { origin, pathname, hash } = new URL(href!, `https://site.invalid/${file}`);
        if (origin !== 'https://site.invalid') continue;
        const path = decodeURIComponent(pathname.slice(1));
        const found = [path, `${path}.html`, join(path, 'index.html')].find((each) => files.has(each));
        const place = decodeURIComponent(hash.slice(1));
        if (!found || (place && pages.has(found) && !pages.get(found)!.includes(`id="${place}"`)))
          dead.push(`${file}: ${href}`);
      }
    expect(dead).toEqual([]);
  });

  it('names files of the repository where a document links to them, for they are not on the site', async () => {
    const page = await readFile(join(output, 'rules.html'), 'utf8');
    expect(page).toContain('<span title="packages/sdk/src/rules/Rules.ts">Rules.ts</span>');
  });
});
