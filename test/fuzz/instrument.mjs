// A hook of Node's loader: code of the packages counts which of its functions and branches are gone through.
import { fileURLToPath } from 'node:url';
import { createInstrumenter } from 'istanbul-lib-instrument';

const instrumenter = createInstrumenter({ esModules: true, compact: true, coverageVariable: '__coverage__' });
const OURS = /\/packages\/(?:model|sdk|kv|trainer)\/src\//;

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  if (loaded.format !== 'module' || !OURS.test(url) || loaded.source == null) return loaded;
  const file = fileURLToPath(url.split('?')[0]);
  return { ...loaded, source: instrumenter.instrumentSync(String(loaded.source), file), shortCircuit: true };
}
