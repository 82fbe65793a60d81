import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { arrivals } from './vite/arrivals.ts';
import { brotli } from './vite/brotli.ts';

/** Address and token of the metadata service; `start.ts` sets them. */
const kv = process.env['EVERSHELF_KV'] ?? 'http://127.0.0.1:8787';
const token = process.env['EVERSHELF_TOKEN'] ?? '';

const proxy = {
  '/kv': { target: kv, rewrite: (path: string) => path.replace(/^\/kv/, '') },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [arrivals({ kv, token }), brotli()],
  build: { target: 'es2022' },
  server: { proxy },
  preview: { proxy },
});
