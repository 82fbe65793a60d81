import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const WORKER = fileURLToPath(new URL('../src/offline/serviceWorker.ts', import.meta.url));
/** What opens the shop without a network: its pages' code and style, and its pictures. The recommender keeps the model itself. */
const KEPT = /\.(?:html|js|css|svg|png|webmanifest)$/;

/** Builds the service worker, which is told what was built, and by which digest. */
export function offline(): Plugin {
  let folder = '';
  let isBuild = false;
  return {
    name: 'offline',
    configResolved({ root, build: { outDir }, command }) {
      folder = resolve(root, outDir);
      isBuild = command === 'build';
    },
    closeBundle: {
      order: 'pre',
      sequential: true,
      async handler() {
        if (!isBuild) return;
        const names = (await readdir(folder, { recursive: true })).filter((name) => KEPT.test(name));
        const kept = await Promise.all(
          names.toSorted().map(async (name) => ({
            url: `/${relative(folder, join(folder, name))}`,
            revision: createHash('sha256')
              .update(await readFile(join(folder, name)))
              .digest('hex')
              .slice(0, 16),
          })),
        );
        await build({
          configFile: false,
          publicDir: false,
          logLevel: 'warn',
          define: { __KEPT__: JSON.stringify(kept), 'process.env.NODE_ENV': '"production"' },
          build: {
            outDir: folder,
            emptyOutDir: false,
            target: 'es2022',
            lib: { entry: WORKER, formats: ['iife'], name: 'serviceWorker', fileName: () => 'sw.js' },
          },
        });
      },
    },
  };
}
