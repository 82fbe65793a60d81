import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Item, pageOf } from '@evershelf/model';
import type { ReadItem } from '../read/feed/readFeed.ts';

/** A line of a spool: an item and where it stood, or the id of one that could not be read but is in the feed. */
type Line = Located | { readonly id: string };

/** An item, the feed that it is of, and its line there. */
interface Located extends Pick<ReadItem, 'line' | 'item'> {
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
  const held = new Map<number, { lines: string[]; size: number; isWritten: boolean }>();
  const fileOf = (page: number): string => join(folder, `${page}.jsonl`);
  return {
    async add(line) {
      const page = pageOf('item' in line ? line.item.id : line.id, pages);
      const text = `${JSON.stringify(line)}\n`;
      if (!held.has(page)) held.set(page, { lines: [], size: 0, isWritten: false });
      const own = held.get(page)!;
      own.lines.push(text);
      own.size += text.length;
      if (own.size <= most) return;
      await appendFile(fileOf(page), own.lines.splice(0).join(''));
      own.size = 0;
      own.isWritten = true;
    },
    async page(page) {
      const own = held.get(page);
      const text = own?.isWritten === true ? await readFile(fileOf(page), 'utf8') : '';
      const lines = `${text}${own?.lines.join('') ?? ''}`.split('\n');
      const items = new Map<string, Item>();
      const unread = new Set<string>();
      const again: Located[] = [];
      for (const each of lines) {
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
