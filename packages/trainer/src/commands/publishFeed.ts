import { isDeepStrictEqual } from 'node:util';
import { type Item, LIVE_HALF_LIVES, type PairCount } from '@evershelf/model';
import { fileOf, problemsOf, readFeed, repeated } from '../read/feed/readFeed.ts';
import { InputError } from '../read/InputError.ts';
import { describeProblem, type Problem, problemsByKind } from '../read/Problems.ts';
import { type FeedSpool, openFeedSpool } from './feedSpool.ts';
import { batches, DELETED, isService, metadataService } from './metadataService.ts';
import { type ProgressLine, progressLine } from './progressLine.ts';
import {
  checkFolder,
  countsBefore,
  type PageContent,
  pageBefore,
  PAGES,
  publishFolder,
} from './publishFolder.ts';
import type { PublishOptions } from './publish.ts';

/** Where a feed is published to. */
interface Shop {
  /** How many pages it has, a power of two. */
  readonly pages: number;
  /** What it holds now of a page. */
  page(page: number): Promise<readonly Item[]>;
  /** Makes it hold what the feed has. */
  write(spool: FeedSpool, changes: Changes, line: ProgressLine): Promise<void>;
}

/** How a shop and a feed differ. */
interface Changes {
  readonly fresh: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows of the feed whose id another row has, too. */
  readonly again: number;
  /** Items that the shop held. */
  readonly before: number;
  /** Ids of items of the shop that are not in the feed. */
  readonly gone: readonly string[];
  /** By page, which of its items in the spool are new or changed: their places there, in rising order. */
  readonly touched: ReadonlyMap<number, readonly number[]>;
}

/**
 * `evershelf publish --feed`: makes a service or a static folder hold what Merchant Center feeds have. Feeds are read to their
 * ends before anything is written; what is as it was is not sent again. A row that cannot be read changes nothing of its item.
 */
export async function publishFeed({
  feed,
  artifact,
  items,
  to,
  token,
  force = false,
}: PublishOptions & { feed: string[] }): Promise<void> {
  if (artifact !== undefined || items !== undefined)
    throw new InputError(
      `found --feed with ${artifact === undefined ? '--items' : '--artifact'}, wanted one of them: a feed is the whole shop`,
    );
  const shop = isService(to) ? await serviceShop(to, token) : await folderShop(to);
  const spool = await openFeedSpool(shop.pages);
  const line = progressLine();
  try {
    const problems = problemsByKind();
    const { read, refused } = await readFeeds(feed, spool, problems.add, line);
    const changes = await compare(spool, shop, problems.add, line);
    for (const problem of problems.all()) console.error(`! ${describeProblem(problem)}`);
    check(feed, changes, read, force);
    await shop.write(spool, changes, line);
    line.end(true);
    const { fresh, changed, unchanged, gone } = changes;
    const count = (n: number): string => n.toLocaleString('en');
    console.log(
      `${to}: ${count(fresh)} new, ${count(changed)} changed, ${count(gone.length)} gone, ${count(unchanged)} unchanged, ` +
        `${count(refused + changes.again)} refused`,
    );
  } catch (error) {
    line.end(false);
    throw error;
  } finally {
    await spool.close();
  }
}

/** Reads feeds into the spool. @returns how many rows gave an item, and how many none */
async function readFeeds(
  feeds: readonly string[],
  spool: FeedSpool,
  add: (problem: Problem) => void,
  line: ProgressLine,
): Promise<{ read: number; refused: number }> {
  const now = Date.now();
  let [read, refused] = [0, 0];
  for (const source of feeds) {
    const file = fileOf(source);
    const progress = (done: number, of: number): void | Promise<void> =>
      Number.isFinite(of) ? line.progress(`reading ${file}`, done, of, 'bytes') : undefined;
    for await (const entry of readFeed(source, now, progress)) {
      for (const problem of problemsOf(file, entry)) add(problem);
      if ('item' in entry) {
        read++;
        const { line, item } = entry;
        await spool.add({ line, item, file });
        continue;
      }
      refused++;
      if (entry.id !== undefined && !entry.isExpired) await spool.add({ id: entry.id });
    }
  }
  return { read, refused };
}

async function compare(
  spool: FeedSpool,
  shop: Shop,
  add: (problem: Problem) => void,
  line: ProgressLine,
): Promise<Changes> {
  const gone: string[] = [];
  const touched = new Map<number, number[]>();
  let [fresh, changed, unchanged, repeats, before] = [0, 0, 0, 0, 0];
  for (let page = 0; page < shop.pages; page++) {
    const { items, unread, again } = await spool.page(page);
    for (const entry of again) add(repeated(entry.file, entry));
    repeats += again.length;
    const held = new Map((await shop.page(page)).map((item) => [item.id, item]));
    before += held.size;
    const places: number[] = [];
    for (const [place, item] of [...items.values()].entries()) {
      const was = held.get(item.id);
      if (was !== undefined && isDeepStrictEqual(was, item)) {
        unchanged++;
        continue;
      }
      places.push(place);
      if (was === undefined) fresh++;
      else changed++;
    }
    for (const id of held.keys()) if (!items.has(id) && !unread.has(id)) gone.push(id);
    if (places.length > 0) touched.set(page, places);
    await line.progress('comparing', page + 1, shop.pages, 'pages');
  }
  return { fresh, changed, unchanged, again: repeats, before, gone, touched };
}

/** @throws {InputError} where the feed is empty, or seems to lack a part */
function check(feeds: readonly string[], { gone, before }: Changes, read: number, force: boolean): void {
  const names = feeds.map(fileOf).join(', ');
  if (read === 0) throw new InputError(`${names}: found no item in it, wanted a shop; nothing was published`);
  if (force || 2 * gone.length <= before) return;
  const count = (n: number): string => n.toLocaleString('en');
  throw new InputError(
    `${names}: found ${count(gone.length)} of the shop's ${count(before)} items gone, wanted at most half of them; ` +
      'nothing was published. Is the feed whole? Where it is, publish it with --force.',
  );
}

/** The items that are not yet as the feed has them. */
async function* changedItems(spool: FeedSpool, { touched }: Changes): AsyncGenerator<Item> {
  for (const [page, places] of touched) {
    const items = [...(await spool.page(page)).items.values()];
    for (const place of places) yield items[place]!;
  }
}

async function serviceShop(to: string, token: string | undefined): Promise<Shop> {
  const service = metadataService(to, token);
  const { pages, changed } = await service.changes();
  const holding = new Set(changed);
  const page = async (number: number): Promise<Item[]> =>
    holding.has(number) ? (await service.page(number)).items.map(({ item }) => item) : [];
  return {
    pages,
    page,
    async write(spool, changes, line) {
      const all = changes.fresh + changes.changed;
      let done = 0;
      for await (const batch of batches(changedItems(spool, changes))) {
        await service.put(batch);
        done += batch.length;
        await line.progress('publishing', Math.min(done, all), all, 'items');
      }
      const { gone } = changes;
      for (let from = 0; from < gone.length; from += DELETED) {
        await service.remove(gone.slice(from, from + DELETED));
        await line.progress('deleting', Math.min(from + DELETED, gone.length), gone.length, 'items');
      }
    },
  };
}

async function folderShop(folder: string): Promise<Shop> {
  await checkFolder(folder);
  const page = async (number: number): Promise<Item[]> =>
    (await pageBefore(folder, number))?.items.map(({ item }) => item) ?? [];
  return {
    pages: PAGES,
    page,
    async write(spool, _, line) {
      const counts = await countsBefore(folder);
      const contentOf = async (number: number): Promise<PageContent> => {
        const [{ items, unread }, before] = [await spool.page(number), await page(number)];
        const kept = before.filter(({ id }) => unread.has(id) && !items.has(id));
        await line.progress('publishing', number + 1, PAGES, 'pages');
        return {
          items: [...items.values(), ...kept],
          live: liveOf(before, counts.live?.[number]?.bytes),
          pairs: new Map(
            (await counts.pairsOf(number))?.items.map((own) => [own.id, own.pairs] as [string, PairCount[]]),
          ),
        };
      };
      await publishFolder(folder, contentOf, false);
    },
  };
}

/** The live bytes of a page's items, which stand in their order. */
function liveOf(items: readonly Item[], bytes: Uint8Array | undefined): Map<string, number[]> {
  const width = LIVE_HALF_LIVES.length;
  if (bytes === undefined || bytes.length !== width * items.length) return new Map();
  return new Map(items.map(({ id }, i) => [id, [...bytes.subarray(i * width, (i + 1) * width)]]));
}
