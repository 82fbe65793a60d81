import { documents } from './documents.ts';
import { type Snippet, snippetsOf } from './snippetsOf.ts';

/** The snippets in TypeScript and JavaScript, by what runs them; `elsewhere` are those that packages/kv/test/runtimes and stores run. */
export async function modulesOf(): Promise<Record<'browser' | 'node' | 'elsewhere', Snippet[]>> {
  const all = (await Promise.all((await documents()).map(snippetsOf))).flat();
  const modules = all.filter(({ language }) => /^[tj]sx?$/.test(language));
  const runs = (code: string): 'browser' | 'node' | 'elsewhere' => {
    if (code.includes('@evershelf/kv')) return 'elsewhere';
    return /from '(evershelf\/node|node:)/.test(code) ? 'node' : 'browser';
  };
  const run = (by: string): Snippet[] => modules.filter(({ code }) => runs(code) === by);
  return { browser: run('browser'), node: run('node'), elsewhere: run('elsewhere') };
}
