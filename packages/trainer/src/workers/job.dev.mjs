// On Node 20 a worker thread does not read TypeScript, though the thread that starts it was told how to. As one file of JavaScript
// the jobs are there in a fraction of the processor time that it takes to tell the thread, and to read them file by file.
import { Buffer } from 'node:buffer';
import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('job.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  platform: 'node',
  sourcemap: 'inline',
  write: false,
});
await stop();
const code = Buffer.from(outputFiles[0].contents).toString('base64');
export default (await import(`data:text/javascript;base64,${code}`)).default;
