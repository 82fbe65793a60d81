import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';
import { backstage, type BackstageOptions } from './backstage.ts';
import { brotli } from './brotli.ts';
import { document } from './document.ts';
import { offline } from './offline.ts';

export interface ShopConfigOptions extends BackstageOptions {
  /** Address of the other shop. */
  readonly neighbour: string;
}

/** How one of the shops is built and served. */
export function shopConfig(options: ShopConfigOptions): InlineConfig {
  const { shop, kv, neighbour } = options;
  const proxy = { '/kv': { target: kv, rewrite: (path: string) => path.replace(/^\/kv/, '') } };
  return {
    configFile: false,
    root: fileURLToPath(new URL('..', import.meta.url)),
    publicDir: shop.publicDir,
    define: {
      __SHOP__: JSON.stringify(shop.description.id),
      __NEIGHBOUR__: JSON.stringify(neighbour),
    },
    plugins: [document(shop.description), backstage(options), offline(), brotli()],
    build: { target: 'es2022', outDir: shop.outDir, emptyOutDir: true },
    server: { proxy },
    preview: { proxy },
    logLevel: 'warn',
  };
}
