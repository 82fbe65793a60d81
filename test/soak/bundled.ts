import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where its packages are found. */
const CACHE = 'packages/kv/node_modules/.cache/evershelf-soak';

/** A program of packages/kv as one file of JavaScript, which starts in half of the time; gives its path. */
export async function bundled(program: string): Promise<string> {
  const name = basename(program, '.ts');
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    ssr: {
      noExternal: true,
      external: ['lmdb', 'ioredis', '@aws-sdk/client-dynamodb', 'pino', 'pino-pretty'],
    },
    build: { ssr: program, outDir: join(CACHE, name), emptyOutDir: true, minify: false, target: 'node20' },
  });
  return join(ROOT, CACHE, name, `${name}.js`);
}
