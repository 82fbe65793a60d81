import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { readFeed } from '../src/read/feed/readFeed.ts';
import { folderWith } from './syntheticShop.ts';

/** What is read of a feed. */
type Entry = Awaited<ReturnType<ReturnType<typeof readFeed>['next']>>['value'];

/** Reads a text as a feed at a moment, or its bytes. */
export async function feedOf(content: string | Uint8Array, now = Date.UTC(2026, 10, 1)): Promise<Entry[]> {
  const path = await folderWith({ feed: content });
  return await all(path('feed'), now);
}

/** The same, packed with gzip. */
export async function packedFeedOf(content: string): Promise<Entry[]> {
  const path = await folderWith({});
  await writeFile(path('feed'), gzipSync(content));
  return await all(path('feed'), 0);
}

async function all(source: string, now: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of readFeed(source, now)) entries.push(entry);
  return entries;
}

/** An RSS feed of items, each the XML of its attributes. */
export function rss(...items: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>A shop</title>
${items.map((item) => `<item>${item}</item>`).join('\n')}
</channel></rss>
`;
}

/** A feed as a table with tabs. */
export function tsv(...rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.join('\t')}\n`).join('');
}
