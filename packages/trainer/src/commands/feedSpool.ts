import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Item, pageOf } from '@evershelf/model';
import type { ReadItem } from '../read/feed/readFeed.ts';

/** A line of a spool: an item and where it stood, or the id of one that could not be read but is in the feed. */
type Line = Located | { readonly id: string };

/** An item, the feed that it is of, and its line there. */
interface Located extends ReadItem {
  readonly file: string;
}

/** The items of a feed in files, one for each page of a shop, so that any number of them takes little memory. */
export interface FeedSpool {
  add(line: Line): Promise<void>;
  /** What the feed has of a page: items by their ids, the first of each; ids of those that could not be read; later ones. */
  page(page: number): Promise<{ items: Map<string, Item>; unread: Set<string>; again: Located[] }>;
  close(): Promise<void>;
}

/** Text that is held before it is written, of all pages together, and of one at least. */
const HELD = { inAll: 2 ** 25, least: 4096 };

export async function openFeedSpool(pages: number): Promise<FeedSpool> {
  const folder = await mkdtemp(join(tmpdir(), 'evershelf-feed-'));
  const most = Math.max(HELD.least, HELD.inAll / pages);
  const held = new Map<number, string[]>();
  const sizes = new Map<number, number>();
  const fileOf = (page: number): string => join(folder, `${page}.jsonl`);
  const write = async (page: number): Promise<void> => {
    const lines = held.get(page);
    held.delete(page);
    sizes.delete(page);
    if (lines !== undefined) await appendFile(fileOf(page), lines.join(''));
  };
  return {
    async add(line) {
      const page = pageOf('item' in line ? line.item.id : line.id, pages);
      const text = `${JSON.stringify(line)}\n`;
      const lines = held.get(page) ?? [];
      lines.push(text);
      held.set(page, lines);
      const size = (sizes.get(page) ?? 0) + text.length;
      sizes.set(page, size);
      if (size > most) await write(page);
    },
    async page(page) {
      await write(page);
      const text = await readFile(fileOf(page), 'utf8').catch(() => '');
      const items = new Map<string, Item>();
      const unread = new Set<string>();
      const again: Located[] = [];
      for (const each of text.split('\n')) {
        if (each === '') continue;
        const line = JSON.parse(each) as Line;
        if (!('item' in line)) unread.add(line.id);
        else if (items.has(line.item.id)) again.push(line);
        else items.set(line.item.id, line.item);
      }
      return { items, unread, again };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
