import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds dist/bundle/node.js, which is `evershelf/node` with tfjs in it: its modules name each other in a way that Node cannot follow. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  ssr: { noExternal: true, external: ['webgpu'] },
  build: {
    outDir: 'dist/bundle',
    target: 'node20',
    ssr: true,
    rolldownOptions: { input: { node: fileURLToPath(new URL('src/node/index.ts', import.meta.url)) } },
  },
});
