import { join } from 'node:path';
import { eventFolder, startService } from '../../src/index.ts';
import { openPlace } from '../stores/openPlace.ts';

/** The child of a test that kills it: `node servingChild.ts PLACE FOLDER TOKEN` prints its address. */
const [place, data, token] = process.argv.slice(2);
const { url } = await startService({
  store: await openPlace(place!),
  events: await eventFolder(join(data!, 'events')),
  port: 0,
  token,
  flushSeconds: 0.02,
  clientHeader: 'x-client',
});
console.log(url);
