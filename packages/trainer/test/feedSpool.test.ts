import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openFeedSpool } from '../src/commands/feedSpool.ts';

afterEach(() => void vi.unstubAllEnvs());

const entry = (id: string, title = id) => ({ line: 1, file: 'feed.xml', item: { id, title } });

describe('the spool of a feed', () => {
  it('gives back what was added, in order, from files and from memory', async () => {
    const spool = await openFeedSpool(2 ** 16);
    const ids = Array.from({ length: 3 }, (_, k) => `sku-${k}`);
    for (const id of ids) await spool.add(entry(id, 'Thing '.repeat(id === 'sku-1' ? 2000 : 1)));
    await spool.add(entry('sku-0', 'Again'));
    await spool.add({ id: 'sku-9' });
    const pages = await Promise.all(Array.from({ length: 2 ** 16 }, (_, page) => spool.page(page)));
    expect(pages.flatMap(({ items }) => [...items.keys()]).toSorted()).toEqual(ids);
    expect(pages.flatMap(({ again }) => again.map(({ item }) => item.title))).toEqual(['Again']);
    expect(pages.flatMap(({ unread }) => [...unread])).toEqual(['sku-9']);
    await spool.close();
  });

  it('says that a file of it is gone, and does not take the page for an empty one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'evershelf-spool-'));
    vi.stubEnv('TMPDIR', folder);
    const spool = await openFeedSpool(2 ** 16);
    await spool.add(entry('sku-1', 'x'.repeat(10_000)));
    const [own] = await readdir(folder);
    const [file] = await readdir(join(folder, own!));
    await rm(join(folder, own!, file!));
    await expect(spool.page(Number.parseInt(file!, 10))).rejects.toThrow('ENOENT');
    await spool.close();
  });
});
