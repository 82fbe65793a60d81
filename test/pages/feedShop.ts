import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { feedXml } from './feedXml.ts';

const CLI = fileURLToPath(new URL('../../packages/trainer/src/cli.ts', import.meta.url));

/**
 * Makes a shop of a feed and of nothing else, as its owner would: `model` by `evershelf train`, `kv` by `evershelf publish --feed`.
 *
 * @param folder where both go
 * @param address of the shop's pages
 */
export async function feedShop(folder: string, address: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const feed = `${folder}/feed.xml`;
  await writeFile(feed, feedXml(address));
  const evershelf = (...args: string[]): Promise<unknown> =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', CLI, ...args]);
  await Promise.all([
    evershelf('train', '--items', feed, '--out', `${folder}/model`),
    evershelf('publish', '--feed', feed, '--to', `${folder}/kv`),
  ]);
}
