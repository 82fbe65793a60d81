import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const REACT_18 = { 'react-dom': 'react-dom-18', react: 'react-18' };

/** Bundles the pages of frameworks as a shop would, each into a file of its name; React in both of the versions that are supported. */
export async function buildFrameworks(folder: string): Promise<void> {
  for (const [name, entry, alias] of [
    ['react', 'frameworks/react.ts', {}],
    ['react-18', 'frameworks/react.ts', REACT_18],
    ['vue', 'frameworks/vue.ts', {}],
  ] as const)
    await build({
      configFile: false,
      root: at('.'),
      base: './',
      publicDir: false,
      logLevel: 'warn',
      resolve: { alias },
      define: { 'process.env.NODE_ENV': '"production"' },
      worker: { format: 'es' },
      build: {
        outDir: folder,
        emptyOutDir: false,
        target: 'es2022',
        rolldownOptions: { input: { [name]: at(entry) }, output: { entryFileNames: '[name].js' } },
      },
    });
}
