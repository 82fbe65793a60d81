import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Item } from 'evershelf';
import type { DemoShop } from '../shops.ts';
import { compressFolder } from './brotli.ts';
import type { ShopService } from './shopService.ts';

/** Baskets that invented shoppers fill in a night, each with the new product and two of its neighbours. */
const BASKETS = 60;

/** How far the latest night is; `model` is the id of what it trained. */
export interface NightState {
  readonly state: 'none' | 'training' | 'done' | 'failed';
  readonly seconds?: number;
  readonly model?: string;
  readonly error?: string;
}

/** Lets nights pass: invented shoppers buy a product, and the model is trained again with what they bought. */
export function nights(
  shop: DemoShop,
  service: ShopService,
  evershelf: (args: readonly string[]) => Promise<void>,
): { begin(id: string): NightState; state(): NightState } {
  let latest: NightState = { state: 'none' };
  let began = 0;

  async function pass(id: string): Promise<void> {
    const item = await service.get(id);
    if (item === undefined) throw new Error(`The shop has no product ${id}.`);
    const folder = join(shop.outDir, '..', `.night-${shop.description.id}`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeNight(shop, item, folder);
    const model = join(folder, 'model');
    const files = ['--events', join(folder, 'events.parquet'), '--items', join(folder, 'items.parquet')];
    await evershelf(['train', ...files, ...shop.training, '--out', model]);
    await evershelf(['publish', '--artifact', model, '--to', service.address]);
    await compressFolder(model);
    const { id: trained } = JSON.parse(await readFile(join(model, 'manifest.json'), 'utf8')) as {
      id: string;
    };
    const served = join(shop.outDir, 'model');
    await rename(served, join(folder, 'before'));
    await rename(model, served);
    await rm(folder, { recursive: true });
    latest = { state: 'done', model: trained };
  }

  return {
    begin(id) {
      if (latest.state === 'training') return latest;
      latest = { state: 'training' };
      began = performance.now();
      pass(id).catch((error: Error) => {
        latest = { state: 'failed', error: error.message };
      });
      return latest;
    },
    state: () =>
      latest.state === 'training'
        ? { ...latest, seconds: Math.round((performance.now() - began) / 1000) }
        : latest,
  };
}

/** Writes the shop's log and its products with what the night added to them: baskets after the log's last day, and the product. */
async function writeNight(shop: DemoShop, item: Item, folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const parquet = (path: string): string => `read_parquet(${literal(path)})`;
  const add = async (name: string, to: string, rows: readonly object[]): Promise<void> => {
    const added = join(folder, `${name}.jsonl`);
    await writeFile(added, rows.map((row) => JSON.stringify(row)).join('\n'));
    await connection.run(`
      COPY (FROM ${parquet(to)} UNION ALL BY NAME FROM read_json_auto(${literal(added)}))
      TO ${literal(join(folder, `${name}.parquet`))} (FORMAT parquet)`);
  };
  try {
    const end = await connection.runAndReadAll(`SELECT max(timestamp)::INTEGER FROM ${parquet(shop.events)}`);
    const last = Number(end.getRows()[0]?.[0]);
    const named = await connection.runAndReadAll(`SELECT item_id, category FROM ${parquet(shop.items)}`);
    const { id, category = [], ...attributes } = item;
    const shared = (path: readonly string[]): number =>
      path.filter((level, depth) => level === category[depth]).length;
    const neighbours = named
      .getRowsJson()
      .map(([other, path]) => ({ other: String(other), shared: shared(path as string[]) }))
      .toSorted((a, b) => b.shared - a.shared)
      .slice(0, 30);
    await add('items', shop.items, [{ item_id: id, category, ...attributes }]);
    await add(
      'events',
      shop.events,
      Array.from({ length: BASKETS }, (_, basket) =>
        [id, neighbours[basket % 30]!.other, neighbours[(basket * 7 + 11) % 30]!.other].map((bought) => ({
          timestamp: last + 60 * (basket + 1),
          session_id: `night-${last}-${basket}`,
          user_id: `night-${last}-${basket}`,
          item_id: bought,
        })),
      ).flat(),
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
