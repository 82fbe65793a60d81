import { createHash } from 'node:crypto';
import type { Plugin, Rolldown } from 'vite';

/** An import of a chunk, as the build writes it. */
const IMPORT = /\bimport\((`\.\/[\w.-]+\.js`|"\.\/[\w.-]+\.js")\)/g;
/** Goes through the script tag where it knows the file, so that it is held against its digest before it runs. */
const VERIFIED_IMPORT = 'let $i=u=>globalThis.evershelf?.import?.(u)??import(u);';

/**
 * Subresource Integrity for all that the script tag loads: `evershelf.js` holds the digests of `storefront.js` and `core.js`,
 * `storefront.js` those of the other files; `integrity.json` has all, for the page's own tags.
 */
export function integrity(): Plugin {
  return {
    name: 'evershelf:integrity',
    // The names of chunks are final then, and their code, but for what is written here.
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const digests: Record<string, string> = {};
        const digest = (name: string, content: string | Uint8Array): string =>
          (digests[name] = `sha384-${createHash('sha384').update(content).digest('base64')}`);
        const files = Object.values(bundle);
        const chunks = files.filter((file): file is Rolldown.OutputChunk => file.type === 'chunk');
        for (const chunk of chunks)
          if (chunk.fileName !== 'evershelf.js' && IMPORT.test(chunk.code))
            chunk.code = insert(chunk.code.replace(IMPORT, '$$i($1)'));

        const table: Record<string, string[]> = {};
        for (const file of files)
          if (file.type === 'asset') table[file.fileName] = [digest(file.fileName, file.source)];
          else if (!['evershelf.js', 'storefront.js', 'core.js'].includes(file.fileName))
            table[file.fileName] = [digest(file.fileName, file.code), ...importsOf(file, bundle)];
        const write = (name: string, mark: string, text: string): void => {
          const chunk = chunks.find(({ fileName }) => fileName === name)!;
          if (!chunk.code.includes(mark)) throw new Error(`${name}: found no ${mark} to replace`);
          chunk.code = chunk.code.replace(mark, () => text);
        };
        write('storefront.js', '`__files__`', JSON.stringify(table));
        for (const name of ['storefront', 'core']) {
          const { code } = chunks.find(({ fileName }) => fileName === `${name}.js`)!;
          write('evershelf.js', `__${name}__`, digest(`${name}.js`, code));
        }
        digest('evershelf.js', chunks.find(({ fileName }) => fileName === 'evershelf.js')!.code);
        this.emitFile({
          type: 'asset',
          fileName: 'integrity.json',
          source: `${JSON.stringify(digests, null, 2)}\n`,
        });
      },
    },
  };
}

/** Behind the imports of other files. */
function insert(code: string): string {
  const at = /^(?:import[^;]*;)*/.exec(code)![0].length;
  return code.slice(0, at) + VERIFIED_IMPORT + code.slice(at);
}

/** The chunks that are loaded with a chunk; core.js and storefront.js are there before it. */
function importsOf(
  chunk: Rolldown.OutputChunk,
  bundle: Rolldown.OutputBundle,
  seen = new Set<string>(),
): string[] {
  for (const name of chunk.imports) {
    const next = bundle[name];
    if (seen.has(name) || next?.type !== 'chunk' || next.isEntry) continue;
    seen.add(name);
    importsOf(next, bundle, seen);
  }
  return [...seen];
}
