// On Node 20 a worker thread does not read TypeScript, though the thread that starts it was told how to.
import { register as registerHook } from 'node:module';
import { register } from 'tsx/esm/api';

register();
registerHook('./instrument.mjs', import.meta.url);
await import('./fuzzTarget.ts');
