import { join } from 'node:path';
import { eventFolder, lmdbStore, startService } from '../src/index.ts';

/** The child of a test that kills it: `node servingChild.ts FOLDER TOKEN` prints its address. */
const [data, token] = process.argv.slice(2);
const { url } = await startService({
  store: await lmdbStore(join(data!, 'items.mdb')),
  events: await eventFolder(join(data!, 'events')),
  port: 0,
  token,
  flushSeconds: 0.02,
  clientHeader: 'x-client',
});
console.log(url);
