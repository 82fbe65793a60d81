import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import sirv from 'sirv';
import type { Plugin } from 'vite';

const compress = promisify(brotliCompress);
/** Pictures but for drawings are compressed already. */
const COMPRESSED = /\.(?:html|js|css|json|svg|safetensors|webmanifest)$/;

/** Compresses what was built, once, and serves it so: Vite's preview sends files as they are, which no shop's server does. */
export function brotli(): Plugin {
  let folder = '';
  let isBuild = false;
  return {
    name: 'brotli',
    configResolved({ root, build, command }) {
      folder = resolve(root, build.outDir);
      isBuild = command === 'build';
    },
    closeBundle: {
      // After the service worker is written.
      order: 'post',
      sequential: true,
      async handler() {
        // A server that closes calls it too.
        if (isBuild) await compressFolder(folder);
      },
    },
    configurePreviewServer({ middlewares }) {
      // Files are looked up anew for each request: a night brings a new model.
      middlewares.use(sirv(folder, { brotli: true, etag: true, extensions: [], dev: true }));
    },
  };
}

/** Puts a compressed file beside each one that gets smaller by it. */
export async function compressFolder(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true });
  for (const path of names.filter((name) => COMPRESSED.test(name)).map((name) => join(folder, name)))
    await writeFile(`${path}.br`, await compress(await readFile(path)));
}
