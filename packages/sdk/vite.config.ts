import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { integrity } from './vite/integrity.ts';
import { reachableFrom } from './vite/reachableFrom.ts';
import { tightStyles } from './vite/tightStyles.ts';

const source = (file: string): string => fileURLToPath(new URL(`src/${file}`, import.meta.url));
const core = reachableFrom(source('index.ts'));
// What the storefront shares with chunks of the core alone, which shall not load the storefront for it.
const shared = source('attempt.ts');

/**
 * Builds dist/script, for pages without a bundler: `evershelf.js` for a script tag, `storefront.js` that it loads, `core.js` for module
 * scripts that want the recommender alone. All that the first shelf reads is in core.js, in one request; what it does without is in
 * chunks that are asked for later.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [core.plugin, tightStyles(), integrity()],
  // A page of another origin imports the worker by this name.
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'worker.js' } } },
  build: {
    outDir: 'dist/script',
    target: 'es2022',
    lib: {
      entry: {
        evershelf: source('script.ts'),
        storefront: source('storefront/tag/index.ts'),
        core: source('index.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      // Later chunks take what they share with core.js from there, by more names than its users see.
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: true,
        comments: false,
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        codeSplitting: {
          groups: [{ name: 'core', tags: ['$initial'], test: (id) => core.has(id) || id === shared }],
        },
      },
    },
  },
});
