import { mkdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
/** Where its packages are found. */
const CACHE = join(PACKAGE, 'node_modules/.cache/evershelf');

/**
 * A program of this package as one file of JavaScript, which takes a fraction of the processor time to start that its sources do.
 *
 * @param program path in the package, such as `src/cli.ts`
 * @returns the path of the file, the same each time, for `node`
 */
export async function bundled(program: string): Promise<string> {
  const file = join(CACHE, `${basename(program, '.ts')}.mjs`);
  // Tests beside this one may be starting it.
  const aside = `${file}.${process.pid}`;
  await mkdir(CACHE, { recursive: true });
  await build({
    entryPoints: [join(PACKAGE, program)],
    outfile: aside,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
    plugins: [
      {
        name: 'packages of others stay where they are',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@evershelf/') ? undefined : { path, external: true },
          ),
      },
    ],
  });
  await rename(aside, file);
  return file;
}
