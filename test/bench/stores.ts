import { parseArgs } from 'node:util';
import { measureStores } from '../../packages/kv/test/stores/measureStores.ts';
import { writeAside } from './engine/writeAside.ts';
import { wholeNumber } from './options.ts';
import { costsTable, sizesTable } from './storesTables.ts';

const HELP = `Measures what a shop takes in each store, filled by the service, and how many records each gives in a second, with servers on
the loopback.

  --items <number>   default: 20000
  --write            write docs/bench/stores.json, whose tables are in docs/stores.md
  --help
`;

const { values: options } = parseArgs({
  options: {
    items: { type: 'string', default: '20000' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit();
}
const bench = await measureStores(wholeNumber('items', options.items));
console.log(`${sizesTable(bench)}\n\n${costsTable(bench)}`);
if (options.write) await writeAside('docs/bench/stores.json', `${JSON.stringify(bench, null, 1)}\n`);
