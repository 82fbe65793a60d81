import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Redis } from 'ioredis';
import { createStorage } from 'unstorage';
import fsDriver from 'unstorage/drivers/fs';
import {
  dynamodbStore,
  type Key,
  lmdbStore,
  redisStore,
  service,
  type Store,
  unstorageStore,
} from '../../src/index.ts';
import { startDynamoDbLocal } from '../servers/startDynamoDbLocal.ts';
import { startRedis } from '../servers/startRedis.ts';

/** Items of the store whose driver lists all files for each page that is read. */
const FEW = 2000;

/** What a shop takes in one store, filled by the service, and how fast it is read. */
interface StoreSize {
  readonly store: 'lmdb' | 'redis' | 'dynamodb' | 'unstorage, files';
  readonly items: number;
  /** On disk, in memory, or as it is billed. */
  readonly bytes: number;
  /** Records that it gives in a second, 100 of a call, in random order. */
  readonly readsPerSecond: number;
}

export interface StoresBench {
  readonly cores: string;
  readonly items: number;
  /** Length of an item's JSON as the shop sends it. */
  readonly itemBytes: number;
  readonly stores: readonly StoreSize[];
  /** Mean of what DynamoDB bills of an item's record. */
  readonly dynamodbRecordBytes: number;
}

/** Measures each store with so many items, servers on the loopback. */
export async function measureStores(items: number): Promise<StoresBench> {
  process.env['AWS_ACCESS_KEY_ID'] = process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-bench-'));
  const stores: StoreSize[] = [];
  let dynamodbRecordBytes = 0;
  try {
    const file = join(folder, 'items.mdb');
    stores.push(await measure('lmdb', items, await lmdbStore(file), () => sizeOf(file)));

    const server = await startRedis();
    const redis = new Redis(server.port);
    stores.push(
      await measure('redis', items, await redisStore(server.url), async () => {
        const [, bytes] = /^used_memory:(\d+)/m.exec(await redis.info('memory'))!;
        return Number(bytes);
      }),
    );
    redis.disconnect();
    await server.stop();

    const local = await startDynamoDbLocal();
    const where = { region: 'local', endpoint: local.endpoint };
    const client = new DynamoDB(where);
    stores.push(
      await measure('dynamodb', items, await dynamodbStore('bench', where), async () => {
        let [bytes, records, ofItems] = [0, 0, 0];
        for (let after: object | undefined, more = true; more;) {
          const page = await client.scan({
            TableName: 'bench',
            ...(after && { ExclusiveStartKey: after as never }),
          });
          for (const item of page.Items ?? []) {
            const size = billed(item as never);
            bytes += size + 100;
            if (item['group']!.S!.startsWith('item/')) [records, ofItems] = [records + 1, ofItems + size];
          }
          after = page.LastEvaluatedKey;
          more = after !== undefined;
        }
        if (records > 0) dynamodbRecordBytes = Math.round(ofItems / records);
        return bytes;
      }),
    );
    client.destroy();
    await local.stop();

    const base = join(folder, 'files');
    const storage = createStorage({ driver: fsDriver({ base }) });
    stores.push(await measure('unstorage, files', FEW, unstorageStore(storage), () => textOf(base)));

    const itemBytes = Math.round(JSON.stringify(itemOf(50_000)).length);
    const cores = `${availableParallelism()} shared cores, Node ${process.versions.node}`;
    return { cores, items, itemBytes, stores, dynamodbRecordBytes };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Items as grocers have them. */
const itemOf = (i: number): object => ({
  id: `sku-${100_000 + i}`,
  title: `Organic oat drink number ${i}, unsweetened, 1 litre`,
  category: ['Grocery', `Aisle ${i % 40}`, `Shelf ${i % 400}`],
  price: (i % 2000) / 100 + 0.5,
  brand: `Brand ${i % 900}`,
  url: `https://shop.example/p/sku-${100_000 + i}`,
  image: `https://img.shop.example/600/sku-${100_000 + i}.jpg`,
  inStock: true,
});

/** Lets the service fill a store, then reads it. */
async function measure(
  name: StoreSize['store'],
  items: number,
  store: Store,
  bytesOf: () => Promise<number>,
): Promise<StoreSize> {
  const empty = await bytesOf();
  const { fetch, close } = await service({ store: { ...store, close: async () => {} }, token: 'secret' });
  for (let from = 0; from < items; from += 1000) {
    const some = Array.from({ length: Math.min(1000, items - from) }, (_, i) => itemOf(from + i));
    const answer = await fetch(
      new Request('http://localhost/v1/items', {
        method: 'PUT',
        headers: { authorization: 'Bearer secret' },
        body: JSON.stringify({ items: some }),
      }),
    );
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
  }
  await close();
  const bytes = (await bytesOf()) - empty;
  const keys: Key[] = [];
  for (let page = 0; page < 16; page++)
    for await (const [id] of store.scan(`item/${page}`)) keys.push([`item/${page}`, id]);
  const began = performance.now();
  let read = 0;
  for (let at = 0; performance.now() - began < 3000; at = (at + 7919) % keys.length) {
    const some = Array.from({ length: 100 }, (_, i) => keys[(at + i * 104_729) % keys.length]!);
    read += (await store.getMany(some)).length;
  }
  const readsPerSecond = Math.round((read / (performance.now() - began)) * 1000);
  await store.close();
  return { store: name, items, bytes, readsPerSecond };
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.blocks * 512;
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Bytes in files, without the rest of their last blocks, as a service would bill them. */
async function textOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.size;
  let sum = 0;
  for (const name of await readdir(path)) sum += await textOf(join(path, name));
  return sum;
}

/** What DynamoDB counts of an item: names, texts and bytes by their length, two digits of a number as one byte and one more. */
function billed(item: Record<string, { S?: string; B?: Uint8Array; N?: string }>): number {
  let sum = 0;
  for (const [name, { S, B, N }] of Object.entries(item))
    sum +=
      name.length + (S === undefined ? (B?.length ?? Math.ceil(N!.length / 2) + 1) : Buffer.byteLength(S));
  return sum;
}
