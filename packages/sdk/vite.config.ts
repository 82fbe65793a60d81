import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = (file: string): string => fileURLToPath(new URL(`src/${file}`, import.meta.url));

/**
 * Builds dist/script, for pages without a bundler: `evershelf.js` for a script tag, `core.js` for module scripts. All that the
 * first shelf reads is in core.js, in one request; what it does without is in chunks that core.js asks for later.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  // A page of another origin imports the worker by this name.
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'worker.js' } } },
  build: {
    outDir: 'dist/script',
    target: 'es2022',
    lib: { entry: { evershelf: source('script.ts'), core: source('index.ts') }, formats: ['es'] },
    rolldownOptions: {
      // Later chunks take what they share with core.js from there, by more names than its users see.
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: true,
        comments: false,
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        codeSplitting: {
          groups: [{ name: 'core', tags: ['$initial'], test: (id) => id !== source('script.ts') }],
        },
      },
    },
  },
});
