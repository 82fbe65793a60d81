import {
  type Artifact,
  type EdgeLists,
  type Item,
  itemsOf,
  LIVE_HALF_LIVES,
  pageOf,
  type PairCount,
  readArtifact,
  readPairs,
  servedPairs,
} from '@evershelf/model';
import { artifactFiles } from './artifactFiles.ts';
import type { ColumnMap } from '../read/columns.ts';
import { withDatabase } from '../read/Database.ts';
import { InputError } from '../read/InputError.ts';
import { describeProblem } from '../read/Problems.ts';
import { readItems } from '../read/readItems.ts';
import { progressLine } from './progressLine.ts';
import { batches, isService, metadataService } from './metadataService.ts';
import { publishFeed } from './publishFeed.ts';
import { type PageContent, PAGES, publishFolder } from './publishFolder.ts';

export interface PublishOptions {
  artifact?: string;
  items?: string[];
  feed?: string[];
  force?: boolean;
  map: ColumnMap;
  to: string;
  token?: string;
}

/** What is published: items, and the live bytes and pairs of those that training counted. */
type Publication = PageContent;

/** `evershelf publish`: fills a metadata service, or writes the same answers as a static folder. */
export async function publish({ feed, ...options }: PublishOptions): Promise<void> {
  if (feed !== undefined) return publishFeed({ ...options, feed });
  if (options.force === true)
    throw new InputError('found --force without --feed, wanted it where items that left a feed are deleted');
  const publication = await gather(options);
  const count = publication.items.length.toLocaleString('en');
  if (isService(options.to)) {
    await publishService(options.to, options.token, publication);
    console.log(`${count} items published to ${options.to}`);
  } else {
    const { changed, pages } = await publishAll(options.to, publication);
    console.log(`${count} items published to ${options.to}: ${changed} of ${pages} pages changed`);
  }
}

/** Writes a publication to a static folder. */
function publishAll(
  folder: string,
  { items, live, pairs }: Publication,
): Promise<{ changed: number; pages: number }> {
  const dealt: Item[][] = Array.from({ length: PAGES }, () => []);
  for (const item of items) dealt[pageOf(item.id, PAGES)]!.push(item);
  return publishFolder(folder, async (page) => ({ items: dealt[page]!, live, pairs }), pairs.size > 0);
}

async function gather(options: PublishOptions): Promise<Publication> {
  if (options.artifact === undefined && options.items === undefined) {
    throw new InputError('found neither --artifact nor --items nor --feed, wanted something to publish');
  }
  const artifact = options.artifact === undefined ? undefined : await trained(options.artifact);
  const byId = new Map(artifact?.items.map((item) => [item.id, item]));
  if (options.items !== undefined) {
    const files = options.items;
    const { items, problems } = await withDatabase(undefined, (db) => readItems(db, files, options.map));
    for (const problem of problems) console.error(`! ${describeProblem(problem)}`);
    for (const item of items) byId.set(item.id, item);
  }
  if (byId.size === 0) throw new InputError('found no item, wanted something to publish');
  const { live, pairs } = artifact ?? { live: new Map(), pairs: new Map() };
  return { items: [...byId.values()], live, pairs };
}

/** What an artifact has to publish. */
async function trained(folder: string): Promise<Publication> {
  const read = artifactFiles(folder);
  const artifact = await readArtifact(read);
  const { catalogue, manifest } = artifact;
  return {
    items: itemsOf(catalogue),
    live: liveOf(artifact),
    pairs: pairsOf(artifact, await readPairs(read, manifest)),
  };
}

function liveOf({ catalogue, index }: Artifact): Map<string, number[]> {
  const width = LIVE_HALF_LIVES.length;
  const live = new Map<string, number[]>();
  for (let i = 0; i < index.count; i++) {
    const bytes = [...index.live.subarray(i * width, (i + 1) * width)];
    if (bytes.some((byte) => byte > 0)) live.set(catalogue.ids.at(i)!, bytes);
  }
  return live;
}

function pairsOf({ catalogue: { ids } }: Artifact, edges: EdgeLists): Map<string, PairCount[]> {
  const pairs = new Map<string, PairCount[]>();
  for (let i = 0; i < ids.length; i++) {
    const counts: PairCount[] = [];
    edges.each(i, (to, count) => counts.push([ids.at(to)!, count]));
    const served = servedPairs(counts);
    if (served.length > 0) pairs.set(ids.at(i)!, served);
  }
  return pairs;
}

async function publishService(
  to: string,
  token: string | undefined,
  { items, live, pairs }: Publication,
): Promise<void> {
  const service = metadataService(to, token);
  const line = progressLine();
  try {
    let sent = 0;
    for await (const batch of batches(items)) {
      await service.put(batch, { live: ofBatch(live, batch), pairs: ofBatch(pairs, batch) });
      sent += batch.length;
      await line.progress('publishing', sent, items.length, 'items');
    }
    line.end(true);
  } catch (error) {
    line.end(false);
    throw error;
  }
}

function ofBatch<T>(seeds: ReadonlyMap<string, T>, batch: readonly Item[]): Record<string, T> {
  return Object.fromEntries(batch.flatMap(({ id }) => (seeds.has(id) ? [[id, seeds.get(id)!]] : [])));
}
