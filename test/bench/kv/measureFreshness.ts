import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { dynamoDbLocal } from '../../../packages/kv/test/servers/dynamoDbLocal.ts';
import { startDynamoDbLocal } from '../../../packages/kv/test/servers/startDynamoDbLocal.ts';
import { startRedis } from '../../../packages/kv/test/servers/startRedis.ts';
import { startRedisCluster } from '../../../packages/kv/test/servers/startRedisCluster.ts';
import { launchOptions } from '../../../packages/sdk/test/launchOptions.ts';
import { listen } from '../../../packages/sdk/test/listen.ts';
import { serveModel } from '../../../packages/sdk/test/serveModel.ts';
import { quantile } from '../engine/quantile.ts';
import type { FreshnessRow } from './KvBench.ts';
import { loadItems } from './loadItems.ts';
import { madeBatches, madeItem } from './madeItems.ts';
import { startService } from './startService.ts';

const SCRIPT = 'packages/sdk/dist/script';
/** Items that the shop has before. */
const ITEMS = 1000;
/** A card that is not there by then never comes. */
const PATIENCE = 30_000;

/** The page draws what is new whenever its shelf improves, and tells when a card was drawn. */
const page = (model: string, kv: string): string => `<!doctype html>
<meta charset="utf-8"><title>Fresh</title><ul id="shelf"></ul>
<script async src="/evershelf.js" data-model="${model}" data-kv="${kv}" data-consent="none"></script>
<script>
  const seen = new Set();
  (window.evershelf = window.evershelf || []).push(async ({ shelf }) => {
    const draw = async () => {
      const { items } = await shelf.recommend({ k: 8, rules: { where: { shelf: { in: ['new'] } } } });
      const cards = items.map(({ item }) => Object.assign(document.createElement('li'), { textContent: item.title, id: item.id }));
      document.querySelector('#shelf').replaceChildren(...cards);
      for (const { id } of cards) if (!seen.has(id)) seen.add(id), drawn(id, performance.timeOrigin + performance.now());
    };
    shelf.on('improved', draw);
    await draw();
    ready();
  });
</script>
`;

/** Puts new products one after the other, and waits for each to be on an open page, on every store. */
export async function measureFreshness(
  upserts: number,
  told: (line: string) => void,
): Promise<FreshnessRow[]> {
  const model = await serveModel(ITEMS);
  const rows: FreshnessRow[] = [];
  const measure = async (store: FreshnessRow['store'], address: string): Promise<void> => {
    const took = await freshnessOf(address, model.url, upserts);
    rows.push({ store, upserts, p50Ms: quantile(took, 0.5), p99Ms: quantile(took, 0.99) });
    told(`${store}: on the page after ${quantile(took, 0.5).toFixed(0)} ms`);
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'evershelf-bench-'));
    await measure('lmdb', `lmdb:${folder}`).finally(() => rm(folder, { recursive: true }));
    const redis = await startRedis();
    await measure('redis', redis.url).finally(redis.stop);
    const cluster = await startRedisCluster();
    await measure('redis-cluster', cluster.url).finally(cluster.stop);
    if (!dynamoDbLocal.hasJava()) told('dynamodb: left out, there is no Java');
    else {
      const dynamodb = await startDynamoDbLocal();
      // Any will do there.
      process.env['AWS_ACCESS_KEY_ID'] ??= 'local';
      process.env['AWS_SECRET_ACCESS_KEY'] ??= 'local';
      const address = `dynamodb://bench?region=local&endpoint=${dynamodb.endpoint}`;
      await measure('dynamodb', address).finally(dynamodb.stop);
    }
  } finally {
    model.close();
  }
  return rows;
}

async function freshnessOf(store: string, model: string, upserts: number): Promise<number[]> {
  const service = await startService(store);
  const site = await listen(async ({ url }, response) => {
    const found =
      url === '/' ? page(model, service.url) : await readFile(join(SCRIPT, url!)).catch(() => undefined);
    const type = extname(url!) === '.js' ? 'text/javascript' : 'text/html';
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': type }).end(found);
  });
  const browser = await chromium.launch(launchOptions());
  try {
    await loadItems(service, madeBatches(ITEMS));
    const drawn = await openDrawingPage(await browser.newPage(), site.url);
    const took: number[] = [];
    for (let i = 0; i < upserts; i++) {
      // One is on the shelf; the one before goes.
      const fresh = { ...madeItem(ITEMS + i), shelf: 'new', inStock: true };
      const items = i === 0 ? [fresh] : [fresh, madeItem(ITEMS + i - 1)];
      const shown = drawn(fresh.id);
      const started = performance.timeOrigin + performance.now();
      await loadItems(service, [JSON.stringify({ items })]);
      took.push((await shown) - started);
    }
    return took;
  } finally {
    await browser.close();
    site.close();
    await service.stop();
  }
}

/** Opens the page; what it gives says when the card of an item was drawn, in milliseconds of the machine's clock. */
async function openDrawingPage(page: Page, url: string): Promise<(id: string) => Promise<number>> {
  const waiting = new Map<string, (time: number) => void>();
  await page.exposeFunction('drawn', (id: string, time: number) => waiting.get(id)?.(time));
  const ready = new Promise<void>((resolve) => void page.exposeFunction('ready', resolve));
  await page.goto(url);
  await ready;
  return (id) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`${id}: found no card after ${PATIENCE / 1000} s, wanted one`)),
        PATIENCE,
      );
      waiting.set(id, (time) => {
        clearTimeout(late);
        resolve(time);
      });
    });
}
