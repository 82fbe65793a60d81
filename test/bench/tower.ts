import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readShop, TRAIN_DEFAULTS } from '../../packages/trainer/src/index.ts';
import { itemVariants } from '../../packages/trainer/src/train/ItemVariants.ts';
import { tableRowsFor } from '../../packages/trainer/src/train/options.ts';
import { trainTower } from '../../packages/trainer/src/train/trainTower.ts';

/**
 * Trains the two-tower for one pass and prints its seconds and positions as JSON; writes the log's histories and items as
 * raw 32-bit numbers for the peers.
 */
const [events, items, folder] = process.argv.slice(2) as [string, string, string];
const { log, items: all, schema } = await readShop({ events: [events], items: [items], map: {} });
await writeFile(join(folder, 'users.bin'), log.sequence);
await writeFile(join(folder, 'items.bin'), log.item);
const seen = log.itemIds.length;
const rows = tableRowsFor(TRAIN_DEFAULTS, seen);
const variants = itemVariants(all.slice(0, seen), schema, rows);
const { dim, seed } = TRAIN_DEFAULTS;
const began = performance.now();
trainTower(
  {
    log,
    end: log.count,
    range: [0, log.count],
    variants,
    rows,
    dim,
    options: TRAIN_DEFAULTS,
    epochs: 1,
    seed,
  },
  () => {},
);
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, positions: log.count }));
