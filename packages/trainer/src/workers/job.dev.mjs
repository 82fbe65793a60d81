// On Node 20 a worker thread does not read TypeScript, though the thread that starts it was told how to. As one file of JavaScript,
// which a process makes once, the jobs are there in a fraction of the processor time that it takes to tell each thread, and to read
// them file by file.
import { rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const file = new URL('../../node_modules/.cache/evershelf/job.mjs', import.meta.url);
// Threads of other processes may be reading it.
const aside = `${fileURLToPath(file)}.${process.pid}`;
await build({
  entryPoints: [fileURLToPath(new URL('job.ts', import.meta.url))],
  outfile: aside,
  bundle: true,
  format: 'esm',
  platform: 'node',
  sourcemap: 'inline',
});
await rename(aside, file);

/** Its address. */
export default file.href;
