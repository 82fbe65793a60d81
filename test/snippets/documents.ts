import { readdir } from 'node:fs/promises';

/** The documents that users read, as paths in the repository. */
export async function documents(): Promise<string[]> {
  const docs = await readdir('docs', { recursive: true });
  const own = docs.filter((path) => path.endsWith('.md') && !/^(api|node_modules|\.vitepress)\//.test(path));
  return [
    'README.md',
    'demo/data/README.md',
    'demo/gifts/data/README.md',
    'packages/sdk/README.md',
    ...own.map((path) => `docs/${path}`).sort(),
  ];
}
